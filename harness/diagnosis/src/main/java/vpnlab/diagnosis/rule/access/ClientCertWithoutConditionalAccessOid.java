package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.diagnosis.rule.account.PolicyDenial;
import vpnlab.evidence.Stage;

/** NPS demands the cloud's purpose, and the client's certificate lacks it. */
public final class ClientCertWithoutConditionalAccessOid extends CauseRule {
  public ClientCertWithoutConditionalAccessOid() {
    super("client-cert-without-conditional-access-oid", Stage.AUTHORIZATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    CloudAccess cloud = facts.cloud();
    boolean lacks = cloud.mayHaveUsed(one -> !CloudAccess.hasPurpose(one));
    if (facts.radius().denial().isEmpty() && !(cloud.demanded() && lacks)) {
      return Optional.empty();
    }
    return PolicyDenial.explain(
            facts,
            "NPS demands the purpose %s of certificates, which the client's lacks.",
            CloudAccess.PURPOSE_NAME,
            73)
        .map(grounds -> grounds.cite(cloud.citeKeyUsed()).cite(cloud.citeRefusal()));
  }
}
