package vpnlab.diagnosis.rule.access;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** NPS cannot fetch the revocation list. */
public final class NpsCrlUnreachable extends CauseRule {
  public NpsCrlUnreachable() {
    super("nps-crl-unreachable", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    List<Citation> rejected = Revocations.citeRejectedList(facts);
    List<Citation> failed = Revocations.citeFailedRetrievals(facts);
    boolean denied = facts.radius().denial().isPresent();
    boolean untold = Revocations.areUntold(facts);
    if (denied && !untold && (failed.isEmpty() || !rejected.isEmpty())) {
      return Optional.empty();
    }
    return Revocations.explain(
            facts,
            "NPS could not fetch the revocation list for %s.",
            CertificateView::namesRevocationList,
            259)
        .map(grounds -> denied && untold ? grounds.unless(Revocations.LOG) : grounds.cite(failed));
  }
}
