package vpnlab.diagnosis.rule.address;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The server has no addresses to hand out at all. */
public final class AddressPoolEmpty extends CauseRule {
  public AddressPoolEmpty() {
    super("address-pool-empty", Stage.ADDRESS_ASSIGNMENT, 840);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (!facts.administrator()) {
      return Optional.of(
          Grounds.possible("The server had no address to give: its pool may be empty."));
    }
    if (facts.attempt().error().isEmpty() && !Leases.ranOut(facts)) {
      return Optional.empty(); // that the end is missing says nothing of addresses
    }
    Leases leases = Leases.of(facts);
    return Leases.conflict(facts).isEmpty() && leases.held().isEmpty()
        ? Optional.of(
            Grounds.certain("The server has no address to hand out, though none is leased.")
                .cite(leases.citations()))
        : Optional.empty();
  }
}
