package vpnlab.lab.servers;

import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.wire.eap.EapType;

/** How NPS's events name EAP methods. */
final class EapTypeNames {
  private EapTypeNames() {}

  /** The method that was proposed last, inside PEAP the inner one; empty before any. */
  static String of(EapAuthenticator eap) {
    return eap.innerMethodType().or(eap::methodType).map(EapTypeNames::windowsName).orElse("");
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
