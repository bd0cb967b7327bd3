package vpnlab.diagnosis.rule.reach;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** RRAS is not configured to accept IKEv2. */
public final class Ikev2NotServed extends CauseRule {
  public Ikev2NotServed() {
    super("ikev2-not-served", Stage.TUNNEL_SETUP, 13868);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Optional<ServerRefusal> refusal = ServerRefusal.of(facts);
    if (refusal.isEmpty() || refusal.get().policyMismatch()) {
      return Optional.empty();
    }
    String summary = "The server has no policy for IKEv2 from this client.";
    return Optional.of(
        (refusal.get().noPolicy() ? Grounds.certain(summary) : Grounds.possible(summary))
            .cite(refusal.get().citations()));
  }
}
