package vpnlab.diagnosis.rule.reach;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** Client and server share no combination of IKE algorithms. */
public final class NoCommonIkeProposal extends CauseRule {
  public NoCommonIkeProposal() {
    super("no-common-ike-proposal", Stage.TUNNEL_SETUP, 13868);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Optional<ServerRefusal> refusal = ServerRefusal.of(facts);
    if (refusal.isEmpty() || refusal.get().noPolicy()) {
      return Optional.empty();
    }
    String offer = String.join(", ", facts.profile().ikeProposals());
    String summary =
        "The server accepts none of the client's IKE proposals%s."
            .formatted(offer.isEmpty() ? "" : " (" + offer + ")");
    return Optional.of(
        (refusal.get().policyMismatch() ? Grounds.certain(summary) : Grounds.possible(summary))
            .cite(refusal.get().citations())
            .cite(Cite.profile(facts.profile(), "IKE proposals = " + offer)));
  }
}
