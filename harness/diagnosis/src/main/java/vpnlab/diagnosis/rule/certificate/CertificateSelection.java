package vpnlab.diagnosis.rule.certificate;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.EventRecord;

/**
 * How RRAS picks its certificate for IKEv2 (Microsoft, Troubleshooting IKEv2 VPN Connections,
 * "Extended Key Usage"): both purposes, else Server Authentication, else IKE intermediate, else
 * any. Among equals the choice is undefined.
 */
final class CertificateSelection {
  private CertificateSelection() {}

  /** The certificates of the server that qualify best, all alike. */
  static List<CertificateView> bestClass(Facts facts) {
    List<CertificateView> usable =
        facts.stores().withKey(facts.vpnServer(), CertificateStores.MACHINE_MY).stream()
            .filter(CertificateView::maySign)
            .toList();
    Predicate<CertificateView> serverAuthentication = has(CertificateView.SERVER_AUTHENTICATION);
    Predicate<CertificateView> ikeIntermediate = has(CertificateView.IKE_INTERMEDIATE);
    List<Predicate<CertificateView>> classes =
        List.of(
            serverAuthentication.and(ikeIntermediate),
            serverAuthentication,
            ikeIntermediate,
            any -> true);
    return classes.stream()
        .map(purpose -> usable.stream().filter(purpose).toList())
        .filter(members -> !members.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static Predicate<CertificateView> has(String purpose) {
    return certificate ->
        certificate.extendedKeyUsage().filter(usages -> usages.contains(purpose)).isPresent();
  }

  /** Whether the client would have taken that certificate. */
  static boolean wouldBeAccepted(Facts facts, CertificateView certificate) {
    Instant now =
        facts
            .attempt()
            .failure()
            .map(EventRecord::at)
            .map(facts.clock()::trueTime)
            .orElse(certificate.notBefore());
    CertificateStores stores = facts.stores();
    List<CertificateView> sendable = stores.of(facts.vpnServer(), CertificateStores.MACHINE_CA);
    return certificate.isFor(facts.profile().server())
        && certificate.validAt(now)
        && certificate.namesPurpose(CertificateView.SERVER_AUTHENTICATION)
        && stores.path(certificate, sendable, facts.client()).stream()
            .anyMatch(
                member -> stores.holds(facts.client(), CertificateStores.MACHINE_ROOT, member));
  }
}
