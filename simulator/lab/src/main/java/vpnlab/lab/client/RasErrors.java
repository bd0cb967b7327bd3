package vpnlab.lab.client;

import vpnlab.protocol.eap.EapPeerFailure;
import vpnlab.protocol.ike.IkeFailure;
import vpnlab.wire.ike.NotifyType;

/**
 * Which Windows error code a failed attempt shows, chosen as the RAS client does: by the stage that
 * was reached and by what is known there. Codes that the peer names (MS-IKEE section 2.2.7) win.
 */
final class RasErrors {
  static final int SUCCESS = 0;

  /** Nothing has come of it yet. */
  static final int PENDING = 600;

  static final int REMOTE_DISCONNECTION = 629;
  static final int USER_DISCONNECTION = 631;
  static final int AUTHENTICATION_FAILURE = 691;
  static final int NO_EAPTLS_CERTIFICATE = 798;
  static final int VPN_TIMEOUT = 809;
  static final int SERVER_POLICY = 812;
  static final int PEAP_CRYPTOBINDING_INVALID = 823;
  static final int PEAP_CRYPTOBINDING_NOT_RECEIVED = 824;
  static final int LINK_FAILURE = 829;
  static final int INTERNAL_ADDRESS_FAILURE = 840;
  static final int FAILED_CP_REQUIRED = 841;
  static final int TS_UNACCEPTABLE = 842;
  static final int EAP_USER_CERT_INVALID = 853;
  static final int EAP_USER_CERT_EXPIRED = 854;
  static final int EAP_USER_CERT_REVOKED = 855;
  static final int DNSNAME_NOT_RESOLVABLE = 868;
  static final int IKE_AUTH_FAIL = 13801;
  static final int IKE_TIMED_OUT = 13805;
  static final int IKE_NO_CERT = 13806;
  static final int IKE_ERROR = 13816;
  static final int IKE_INVALID_PAYLOAD = 13843;
  static final int IKE_POLICY_MATCH = 13868;

  private RasErrors() {}

  static int of(IkeFailure failure) {
    if (failure instanceof IkeFailure.Timeout) {
      return VPN_TIMEOUT;
    } else if (failure instanceof IkeFailure.NotifyReceived received) {
      return received.windowsError().isPresent()
          ? (int) received.windowsError().getAsLong()
          : of(received.type());
    } else if (failure instanceof IkeFailure.PeerRefused refused) {
      return refused.code();
    } else if (failure instanceof IkeFailure.AuthenticationFailed) {
      return IKE_AUTH_FAIL;
    } else if (failure instanceof IkeFailure.EapFailed) {
      return SERVER_POLICY;
    } else if (failure instanceof IkeFailure.NoCertificate missing) {
      return missing.code();
    } else if (failure instanceof IkeFailure.NoProposalChosen) {
      return IKE_POLICY_MATCH;
    } else if (failure instanceof IkeFailure.ChildRefused refused) {
      return of(refused.type());
    } else if (failure instanceof IkeFailure.Malformed) {
      return IKE_INVALID_PAYLOAD;
    }
    return IKE_ERROR;
  }

  private static int of(NotifyType type) {
    if (type.equals(NotifyType.NO_PROPOSAL_CHOSEN)) {
      return IKE_POLICY_MATCH;
    } else if (type.equals(NotifyType.AUTHENTICATION_FAILED)) {
      return IKE_AUTH_FAIL;
    } else if (type.equals(NotifyType.INTERNAL_ADDRESS_FAILURE)) {
      return INTERNAL_ADDRESS_FAILURE;
    } else if (type.equals(NotifyType.FAILED_CP_REQUIRED)) {
      return FAILED_CP_REQUIRED;
    } else if (type.equals(NotifyType.TS_UNACCEPTABLE)) {
      return TS_UNACCEPTABLE;
    } else if (type.equals(NotifyType.INVALID_SYNTAX)) {
      return IKE_INVALID_PAYLOAD;
    }
    return IKE_ERROR;
  }

  /**
   * What the EAP method knows is more than what IKE sees. A failure of which the method knows
   * nothing means that the server refused without looking at credentials: its policy (812).
   */
  static int of(EapPeerFailure failure) {
    if (failure instanceof EapPeerFailure.MsChapError error) {
      return error.error();
    } else if (failure instanceof EapPeerFailure.AuthenticatorUnproven) {
      return AUTHENTICATION_FAILURE;
    } else if (failure instanceof EapPeerFailure.CertificateRefused refused) {
      return refused.code();
    } else if (failure instanceof EapPeerFailure.CryptobindingInvalid) {
      return PEAP_CRYPTOBINDING_INVALID;
    } else if (failure instanceof EapPeerFailure.CryptobindingMissing) {
      return PEAP_CRYPTOBINDING_NOT_RECEIVED;
    } else if (failure instanceof EapPeerFailure.TlsAlertReceived alert) {
      return switch (alert.description()) {
        case 45 -> EAP_USER_CERT_EXPIRED;
        case 44 -> EAP_USER_CERT_REVOKED;
        default -> EAP_USER_CERT_INVALID;
      };
    }
    return SERVER_POLICY;
  }
}
