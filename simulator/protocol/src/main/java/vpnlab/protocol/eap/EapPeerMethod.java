package vpnlab.protocol.eap;

import java.util.Optional;
import vpnlab.wire.eap.EapType;
import vpnlab.wire.eap.MsChapV2FailureMessage;

/** A method that a peer is ready to run, with all it needs for that. */
public sealed interface EapPeerMethod {
  EapType type();

  /** What to do with an EAP-MSCHAPv2 Failure Request. */
  enum FailureAnswer {
    /** Sends a Failure Response, as the draft's section 2.6 asks. */
    ACKNOWLEDGE,
    /** Sends nothing any more, as the Windows 7 client is said to do. */
    HANG_UP
  }

  /** Asked when the authenticator refuses the password but allows another try (R=1). */
  @FunctionalInterface
  interface PasswordPrompt {
    /** A password to try now, or nothing to give up. */
    Optional<String> ask(MsChapV2FailureMessage failure);
  }

  /**
   * EAP-MSCHAPv2.
   *
   * @param userName as it goes into the Response; {@code DOMAIN\\user} is legal
   */
  record MsChapV2(String userName, String password, FailureAnswer answer, PasswordPrompt prompt)
      implements EapPeerMethod {
    /** Acknowledges a failure and gives up. */
    public MsChapV2(String userName, String password) {
      this(userName, password, FailureAnswer.ACKNOWLEDGE, failure -> Optional.empty());
    }

    @Override
    public EapType type() {
      return EapType.MSCHAPV2;
    }

    @Override
    public String toString() {
      return "MsChapV2[" + userName + "]";
    }
  }

  /**
   * EAP-TLS.
   *
   * @param own sent whatever CAs the authenticator names; empty to send no certificate
   * @param judge decides about the authenticator's certificate
   */
  record Tls(Optional<CertificateAndKey> own, CertificateJudge judge, EapTlsOptions options)
      implements EapPeerMethod {
    public Tls(CertificateAndKey own, CertificateJudge judge) {
      this(Optional.of(own), judge, EapTlsOptions.DEFAULT);
    }

    private EapPeerMethod within(EapTlsOptions tunnel) {
      return new Tls(own, judge, options.within(tunnel));
    }

    @Override
    public EapType type() {
      return EapType.TLS;
    }
  }

  /**
   * PEAP version 0 (MS-PEAP).
   *
   * @param inner the identity and the methods of phase 2
   * @param judge decides about the authenticator's certificate
   */
  record Peap(EapPeerConfig inner, CertificateJudge judge, PeapOptions options)
      implements EapPeerMethod {
    public Peap {
      EapTlsOptions tunnel = options.tls();
      inner =
          new EapPeerConfig(
              inner.identity(),
              inner.methods().stream()
                  .map(method -> method instanceof Tls tls ? tls.within(tunnel) : method)
                  .toList());
    }

    public Peap(EapPeerConfig inner, CertificateJudge judge) {
      this(inner, judge, PeapOptions.DEFAULT);
    }

    @Override
    public EapType type() {
      return EapType.PEAP;
    }
  }
}
