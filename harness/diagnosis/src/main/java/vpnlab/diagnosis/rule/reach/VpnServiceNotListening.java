package vpnlab.diagnosis.rule.reach;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.IcmpError;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The dialed host itself says that nothing listens on the IKE port. */
public final class VpnServiceNotListening extends CauseRule {
  public VpnServiceNotListening() {
    super("vpn-service-not-listening", Stage.REACHABILITY, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return facts
        .initPassage()
        .refusal()
        .or(() -> facts.authPassage().refusal())
        .filter(IcmpError::portUnreachable)
        .filter(error -> error.from().equals(error.quotedDestination()))
        .filter(error -> !Rejection.provenElsewhere(facts))
        .map(
            error ->
                Grounds.certain(
                        "%s is there, but nothing listens on its UDP port %d."
                            .formatted(error.from(), error.quotedDestinationPort()))
                    .cite(Cite.packet(error.packet(), error.describe())));
  }
}
