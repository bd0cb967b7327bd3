package vpnlab.protocol.eap;

import java.util.List;
import vpnlab.wire.eap.EapType;

/** Why an EAP conversation failed, as the peer knows it. */
public sealed interface EapPeerFailure {
  /**
   * The authenticator sent an MS-CHAPv2 failure (RFC 2759, section 6).
   *
   * @param error 646, 647, 648, 649, 691, 709 or another number
   * @param retriable the R flag
   */
  record MsChapError(int error, boolean retriable, String message) implements EapPeerFailure {}

  /** The authenticator does not know the password: its {@code S=} is not what it must be. */
  record AuthenticatorUnproven() implements EapPeerFailure {}

  /**
   * The peer itself refused the authenticator's certificate.
   *
   * @param code and text: as the {@link CertificateJudge} gave them
   */
  record CertificateRefused(int code, String text) implements EapPeerFailure {}

  /**
   * The authenticator ended TLS.
   *
   * @param description the alert's number (RFC 5246, section 7.2)
   */
  record TlsAlertReceived(int description) implements EapPeerFailure {}

  /** Every method that the authenticator proposed had to be refused by a Nak. */
  record NoCommonMethod(List<EapType> proposed) implements EapPeerFailure {
    public NoCommonMethod {
      proposed = List.copyOf(proposed);
    }
  }

  /** The same inside PEAP's tunnel: the outer method was agreed on, the inner was not. */
  record NoCommonInnerMethod(List<EapType> proposed) implements EapPeerFailure {
    public NoCommonInnerMethod {
      proposed = List.copyOf(proposed);
    }
  }

  /** PEAP: the authenticator's Compound MAC is wrong; somebody may sit in between. */
  record CryptobindingInvalid() implements EapPeerFailure {}

  /** PEAP: the peer insists on cryptobinding, and the authenticator sent none. */
  record CryptobindingMissing() implements EapPeerFailure {}

  /** EAP-Failure, and nothing that explains it. */
  record Rejected() implements EapPeerFailure {}

  /** The authenticator broke the method's rules. */
  record ProtocolViolation(String what) implements EapPeerFailure {}
}
