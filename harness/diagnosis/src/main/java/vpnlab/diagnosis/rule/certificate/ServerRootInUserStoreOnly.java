package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The root is in the user's store, which does not count for IKEv2. */
public final class ServerRootInUserStoreOnly extends CauseRule {
  public ServerRootInUserStoreOnly() {
    super("server-root-in-user-store-only", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return ChainTrust.broken(facts)
        .filter(ChainTrust::userStoreOnly)
        .map(
            trust ->
                Grounds.certain(
                        "The root %s is trusted by the user only, not by the computer."
                            .formatted(trust.authority()))
                    .cite(trust.citations()))
        .or(
            () ->
                Complaint.TRUST.withoutCertificate(
                    facts, "The root is trusted by the user only, not by the computer."));
  }
}
