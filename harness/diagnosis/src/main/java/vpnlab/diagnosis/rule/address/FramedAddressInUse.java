package vpnlab.diagnosis.rule.address;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The policy gives the user a fixed address, and another client has it. */
public final class FramedAddressInUse extends CauseRule {
  public FramedAddressInUse() {
    super("framed-address-in-use", Stage.ADDRESS_ASSIGNMENT, 840);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (!facts.administrator()) {
      return Optional.of(
          Grounds.possible("The server could not give the address that the policy prescribes."));
    }
    Leases leases = Leases.of(facts);
    return Leases.conflict(facts)
        .map(
            event ->
                Grounds.certain(
                        "The policy gives %s an address that another client has."
                            .formatted(facts.profile().userName()))
                    .cite(leases.citations()));
  }
}
