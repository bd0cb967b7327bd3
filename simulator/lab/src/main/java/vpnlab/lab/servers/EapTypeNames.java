package vpnlab.lab.servers;

import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.wire.eap.EapType;

/**
 * How NPS's events name what a user authenticates by.
 *
 * @param authenticationType {@code PEAP} once that has been proposed, else {@code EAP}
 * @param eapType the method that was proposed last, inside PEAP the inner one; empty before any
 */
record EapTypeNames(String authenticationType, String eapType) {
  static final EapTypeNames NONE = new EapTypeNames("EAP", "");

  static EapTypeNames of(EapAuthenticator eap) {
    boolean peap = eap.methodType().filter(EapType.PEAP::equals).isPresent();
    return new EapTypeNames(
        peap ? "PEAP" : "EAP",
        eap.innerMethodType().or(eap::methodType).map(EapTypeNames::windowsName).orElse(""));
  }

  private static String windowsName(EapType type) {
    return switch (type.code()) {
      case 13 -> "Microsoft: Smart Card or other certificate";
      case 25 -> "Microsoft: Protected EAP (PEAP)";
      case 26 -> "Microsoft: Secured password (EAP-MSCHAP v2)";
      default -> type.toString();
    };
  }
}
