package vpnlab.lab.servers;

import vpnlab.wire.eap.EapType;

/** EAP methods as NPS's events name them. */
final class EapTypeNames {
  private EapTypeNames() {}

  static String windowsName(EapType type) {
    return switch (type.code()) {
      case 13 -> "Microsoft: Smart Card or other certificate";
      case 25 -> "Microsoft: Protected EAP (PEAP)";
      case 26 -> "Microsoft: Secured password (EAP-MSCHAP v2)";
      default -> type.toString();
    };
  }
}
