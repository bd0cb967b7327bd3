package vpnlab.diagnosis.rule.certificate;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.EventRecord;

/** Whose certificate is missing when the attempt ends with 13806: the server's or the client's. */
final class ServerSide {
  private static final String NO_CERTIFICATE = "13806"; // ERROR_IPSEC_IKE_NO_CERT

  private ServerSide() {}

  /** It is the server that lacks a certificate: it said so, or the client lacks none. */
  static boolean refused(Facts facts) {
    if (saidSo(facts)) {
      return true;
    }
    boolean clientNeedsOne = facts.profile().authentication().equals("machine-certificate");
    boolean clientHasOne =
        !facts.stores().withKey(facts.client(), CertificateStores.MACHINE_MY).isEmpty();
    boolean localFault = clientSaidItsOwn(facts);
    boolean clientMayHaveOne =
        clientHasOne || !facts.stores().isKnown(facts.client(), CertificateStores.MACHINE_MY);
    return !clientNeedsOne || clientMayHaveOne && !localFault;
  }

  /** Whether the vantage and the evidence show what certificates the server has. */
  static boolean storeIsKnown(Facts facts) {
    return facts.administrator()
        && facts.stores().isKnown(facts.vpnServer(), CertificateStores.MACHINE_MY);
  }

  /** The client's log says that the fault is its own. */
  static boolean clientSaidItsOwn(Facts facts) {
    return event(facts, facts.client(), "Local computer").isPresent();
  }

  /** The log of either end names the server. */
  static boolean saidSo(Facts facts) {
    return !cite(facts).isEmpty();
  }

  static List<Citation> cite(Facts facts) {
    Optional<EventRecord> told = event(facts, facts.client(), "Remote computer");
    Optional<EventRecord> logged =
        facts.administrator()
            ? event(facts, facts.vpnServer(), "Local computer")
            : Optional.empty();
    return logged
        .or(() -> told)
        .map(
            event ->
                List.of(
                    Cite.event(
                        event,
                        "FailureCode = 13806, FailurePoint = " + event.data("FailurePoint"))))
        .orElse(List.of());
  }

  private static Optional<EventRecord> event(Facts facts, String host, String failurePoint) {
    return facts
        .events()
        .last(
            host,
            EventLog.AUDITING,
            4653,
            event ->
                event.data("FailureCode").equals(NO_CERTIFICATE)
                    && event.data("FailurePoint").equalsIgnoreCase(failurePoint));
  }
}
