package vpnlab.diagnosis.rule.reach;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** Large IKE messages travel in IP fragments, which something on the way drops. */
public final class IpFragmentsDropped extends CauseRule {
  public IpFragmentsDropped() {
    super("ip-fragments-dropped", Stage.TUNNEL_SETUP, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    List<Citation> citations = new Fragments(facts).cite();
    return citations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Grounds.certain(
                    "IKE messages that need more than one IP packet arrive without their later fragments.")
                .cite(citations));
  }
}
