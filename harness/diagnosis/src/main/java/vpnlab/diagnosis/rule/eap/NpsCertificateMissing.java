package vpnlab.diagnosis.rule.eap;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.diagnosis.rule.account.PolicyDenial;
import vpnlab.evidence.Stage;

/** NPS has no certificate for Server Authentication, so EAP-TLS and PEAP cannot begin. */
public final class NpsCertificateMissing extends CauseRule {
  public NpsCertificateMissing() {
    super("nps-certificate-missing", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (!Peap.seesCertificate(facts) || Peap.hasBegun(facts)) {
      return Optional.empty();
    }
    String nps = facts.policyServer();
    boolean denied = facts.radius().denial().isPresent();
    var complaint = facts.events().last(nps, EventLog.SCHANNEL, 36871);
    boolean hasOne =
        facts.stores().withKey(nps, CertificateStores.MACHINE_MY).stream()
            .anyMatch(NpsCertificateMissing::fitsServers);
    boolean known = facts.stores().isKnown(nps, CertificateStores.MACHINE_MY);
    if (denied && complaint.isEmpty() && (hasOne || !known && excludedByLog(facts))) {
      return Optional.empty();
    }
    return PolicyDenial.explain(
            facts, "%s has no certificate for Server Authentication to show.", nps, 22, 23, 300)
        .map(
            grounds -> {
              if (denied && complaint.isEmpty() && !known) {
                return grounds.unless(Peap.TELLING);
              }
              List<Citation> store =
                  List.of(
                      Cite.store(
                          nps,
                          CertificateStores.MACHINE_MY,
                          "holds none with Server Authentication and a private key"));
              return grounds
                  .cite(denied && known ? store : List.of())
                  .cite(
                      complaint.filter(event -> denied).stream()
                          .map(event -> Cite.field(event, "ErrorState"))
                          .toList());
            });
  }

  /**
   * Reason 22 also stands for a method that is not allowed; NPS's System log tells which. The
   * others stand for whatever went wrong in TLS, a client that went away included.
   */
  private static boolean excludedByLog(Facts facts) {
    return facts.radius().reason() == Peap.METHOD_NOT_ALLOWED
        && facts.events().hasLog(facts.policyServer(), "System");
  }

  private static boolean fitsServers(CertificateView one) {
    return one.extendedKeyUsage().isEmpty()
        || one.namesPurpose(CertificateView.SERVER_AUTHENTICATION);
  }
}
