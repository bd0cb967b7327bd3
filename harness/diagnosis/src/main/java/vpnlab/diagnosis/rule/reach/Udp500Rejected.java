package vpnlab.diagnosis.rule.reach;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** A firewall refuses UDP 500 openly, by ICMP. */
public final class Udp500Rejected extends CauseRule {
  public Udp500Rejected() {
    super("udp-500-rejected", Stage.TUNNEL_SETUP, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return facts
        .initPassage()
        .refusal()
        .filter(error -> error.prohibited() || error.portUnreachable())
        .filter(
            error ->
                error.prohibited()
                    || !error.from().equals(error.quotedDestination())
                    || Rejection.provenElsewhere(facts))
        .map(
            error ->
                Grounds.certain(
                        "%s refuses packets to UDP port %d of the server."
                            .formatted(error.from(), error.quotedDestinationPort()))
                    .cite(facts.initPassage().citations()));
  }
}
