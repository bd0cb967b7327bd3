package vpnlab.lab.servers;

import java.util.Optional;
import vpnlab.protocol.radius.UserCredentials;
import vpnlab.wire.eap.EapType;

/**
 * How a user proves who he is, as NPS tells it in events and logs (Authentication-Type of its log).
 */
enum AuthenticationType {
  PAP(1, "pap", "PAP"),
  CHAP(2, "chap", "MD5-CHAP"),
  MS_CHAP(3, "ms-chap", "MS-CHAPv1"),
  MS_CHAP_V2(4, "ms-chap-v2", "MS-CHAPv2"),
  EAP(5, "eap", "EAP"),
  NONE(7, "none", "Unauthenticated"),
  PEAP(11, "peap", "PEAP");

  private final int number;
  private final String specName;
  private final String windowsName;

  AuthenticationType(int number, String specName, String windowsName) {
    this.number = number;
    this.specName = specName;
    this.windowsName = windowsName;
  }

  static AuthenticationType of(UserCredentials credentials) {
    if (credentials instanceof UserCredentials.Pap) {
      return PAP;
    } else if (credentials instanceof UserCredentials.Chap) {
      return CHAP;
    } else if (credentials instanceof UserCredentials.MsChap) {
      return MS_CHAP;
    } else if (credentials instanceof UserCredentials.MsChap2) {
      return MS_CHAP_V2;
    }
    return NONE;
  }

  static AuthenticationType of(Optional<EapType> method) {
    return method.filter(EapType.PEAP::equals).isPresent() ? PEAP : EAP;
  }

  /** The number in the log. */
  int number() {
    return number;
  }

  /** The name in policies. */
  String specName() {
    return specName;
  }

  /** The name in events. */
  String windowsName() {
    return windowsName;
  }
}
