package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.ServerValidation;

/** Which side wanted PEAP. */
public final class Peap {
  /** For people: what tells a missing certificate from a method that is not allowed. */
  public static final String TELLING = "the System log of NPS, or its certificate store";

  /** NPS's reason for a method that is not allowed, and for one for which it has no certificate. */
  static final int METHOD_NOT_ALLOWED = 22;

  private static final String INNER = "peap-";

  private Peap() {}

  /** The profile authenticates by PEAP; Windows' own log does not say what is inside. */
  public static boolean isUsed(Facts facts) {
    String method = facts.profile().authentication();
    return method.equals("peap") || method.startsWith(INNER);
  }

  /** What the profile has inside PEAP; empty when nothing says so. */
  static Optional<String> inner(Facts facts) {
    return Optional.of(facts.profile().authentication())
        .filter(method -> method.startsWith(INNER))
        .map(method -> method.substring(INNER.length()));
  }

  /** Client and NPS were inside PEAP, or NPS wanted to go there, when NPS denied access. */
  public static boolean wasProposed(Facts facts) {
    return facts.radius().denial().filter(Peap::names).isPresent();
  }

  private static boolean names(EventRecord denial) {
    return denial.data("AuthenticationType").equalsIgnoreCase("PEAP")
        || denial.data("EAPType").contains("PEAP");
  }

  /** NPS has shown its certificate to the client, so TLS had begun. */
  static boolean hasBegun(Facts facts) {
    return facts.authenticationServerChain().leaf().isPresent();
  }

  /** The client's log would show NPS's certificate, and does not. */
  static boolean hasNotBegun(Facts facts) {
    boolean validates =
        facts.profile().serverValidation().map(ServerValidation::enabled).orElse(true);
    return !hasBegun(facts) && validates && facts.serverChain().leaf().isPresent();
  }

  /** The profile lets NPS show a certificate: EAP-TLS or PEAP. */
  static boolean seesCertificate(Facts facts) {
    return isUsed(facts) || facts.profile().authentication().equals("eap-tls");
  }

  /**
   * NPS refused a method for which it needs a certificate with reason 22, and the evidence has
   * nothing that tells whether it lacks one or does not allow the method.
   */
  public static boolean certificateIsUntold(Facts facts) {
    String nps = facts.policyServer();
    return facts.radius().reason() == METHOD_NOT_ALLOWED
        && seesCertificate(facts)
        && !facts.stores().isKnown(nps, CertificateStores.MACHINE_MY)
        && !facts.events().hasLog(nps, "System");
  }

  /** What NPS proposed last, as its event names it; empty without NPS's log. */
  static Optional<String> proposal(Facts facts) {
    return facts
        .radius()
        .denial()
        .map(event -> event.data("EAPType"))
        .filter(type -> !type.isBlank() && !type.equals("-"));
  }
}
