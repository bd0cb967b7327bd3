package vpnlab.protocol.eap;

/** What a {@link CertificateJudge} says. */
public sealed interface CertificateVerdict {
  record Accepted() implements CertificateVerdict {}

  /**
   * The certificate is not good enough.
   *
   * @param code the judge's own number for it, e.g. a Windows CERT_E_* code
   * @param text for people
   * @param alert the TLS alert that goes to the other side, e.g. 45 certificate_expired (RFC 5246,
   *     section 7.2.2)
   */
  record Refused(int code, String text, int alert) implements CertificateVerdict {
    public static final int BAD_CERTIFICATE = 42;
    public static final int UNSUPPORTED_CERTIFICATE = 43;
    public static final int CERTIFICATE_REVOKED = 44;
    public static final int CERTIFICATE_EXPIRED = 45;
    public static final int CERTIFICATE_UNKNOWN = 46;
    public static final int UNKNOWN_CA = 48;
    public static final int ACCESS_DENIED = 49;

    public Refused {
      if (alert < 0 || alert > 255) {
        throw new IllegalArgumentException("TLS alert " + alert);
      }
    }
  }
}
