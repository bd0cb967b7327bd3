package vpnlab.diagnosis.rule.access;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The revocation list that NPS could fetch is too old. */
public final class NpsCrlExpired extends CauseRule {
  public NpsCrlExpired() {
    super("nps-crl-expired", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    List<Citation> rejected = Revocations.citeRejectedList(facts);
    boolean denied = facts.radius().denial().isPresent();
    boolean untold = Revocations.areUntold(facts);
    if (denied && rejected.isEmpty() && !untold) {
      return Optional.empty();
    }
    return Revocations.explain(
            facts,
            "The revocation list for %s is too old: nobody published a new one.",
            CertificateView::namesRevocationList,
            259)
        .map(
            grounds -> denied && untold ? grounds.unless(Revocations.LOG) : grounds.cite(rejected));
  }
}
