package vpnlab.diagnosis.rule.address;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** Every address of the pool is leased. */
public final class AddressPoolExhausted extends CauseRule {
  public AddressPoolExhausted() {
    super("address-pool-exhausted", Stage.ADDRESS_ASSIGNMENT, 840);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (!facts.administrator()) {
      return Optional.of(
          Grounds.possible("The server had no address left: its pool may be exhausted."));
    }
    if (facts.attempt().error().isEmpty() && !Leases.ranOut(facts)) {
      return Optional.empty(); // that the end is missing says nothing of addresses
    }
    Leases leases = Leases.of(facts);
    return Leases.conflict(facts).isEmpty() && !leases.held().isEmpty()
        ? Optional.of(
            Grounds.certain(
                    "All addresses of the pool are leased, %d of them by the event log."
                        .formatted(leases.held().size()))
                .cite(leases.citations()))
        : Optional.empty();
  }
}
