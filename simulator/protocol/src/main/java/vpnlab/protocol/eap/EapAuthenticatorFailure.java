package vpnlab.protocol.eap;

import java.util.List;
import vpnlab.wire.eap.EapType;

/** Why an EAP conversation failed, as the authenticator knows it. */
public sealed interface EapAuthenticatorFailure {
  /**
   * The peer's Nak left no method that both sides know.
   *
   * @param desired what the peer would take
   */
  record MethodRejectedByPeer(EapType proposed, List<EapType> desired)
      implements EapAuthenticatorFailure {
    public MethodRejectedByPeer {
      desired = List.copyOf(desired);
    }
  }

  /**
   * The same inside PEAP's tunnel: the outer method was agreed on, the inner was not.
   *
   * @param desired what the peer would take
   */
  record InnerMethodRejectedByPeer(EapType proposed, List<EapType> desired)
      implements EapAuthenticatorFailure {
    public InnerMethodRejectedByPeer {
      desired = List.copyOf(desired);
    }
  }

  /** The authenticator has no certificate of its own, so TLS cannot begin. */
  record OwnCertificateMissing() implements EapAuthenticatorFailure {}

  /** PEAP: the peer wants a version other than 0. */
  record VersionUnsupported(int version) implements EapAuthenticatorFailure {}

  /** PEAP: the peer's Compound MAC is wrong; somebody may sit in between. */
  record CryptobindingInvalid() implements EapAuthenticatorFailure {}

  /** PEAP: cryptobinding is required, and the peer sent none. */
  record CryptobindingMissing() implements EapAuthenticatorFailure {}

  /** PEAP: the peer answered success with a Result TLV of failure. */
  record ResultRefusedByPeer() implements EapAuthenticatorFailure {}

  /** The account exists; the password is wrong. */
  record BadCredentials(String name) implements EapAuthenticatorFailure {}

  record UnknownAccount(String name) implements EapAuthenticatorFailure {}

  /**
   * The password is right, but the account's state forbids to log on.
   *
   * @param msChapError 646, 647, 648, 649 or another
   */
  record AccountRefused(String name, int msChapError) implements EapAuthenticatorFailure {}

  /**
   * The authenticator refused the peer's certificate.
   *
   * @param code and text: as the {@link CertificateJudge} gave them
   */
  record CertificateRefused(int code, String text) implements EapAuthenticatorFailure {}

  /** The peer sent no certificate although one was requested. */
  record CertificateMissing() implements EapAuthenticatorFailure {}

  /**
   * The peer ended TLS, most often because it did not like the authenticator's certificate.
   *
   * @param description the alert's number (RFC 5246, section 7.2)
   */
  record TlsAlertReceived(int description) implements EapAuthenticatorFailure {}

  /** TLS failed on this side for another reason than a certificate. */
  record TlsFailed(int alert, String what) implements EapAuthenticatorFailure {}

  /** The State names no conversation: it timed out, or never was. */
  record ConversationUnknown() implements EapAuthenticatorFailure {}

  record Malformed(String what) implements EapAuthenticatorFailure {}

  /** The peer or the owner gave up. */
  record Aborted(String why) implements EapAuthenticatorFailure {}
}
