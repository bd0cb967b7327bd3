package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/** The form of the octets in CERT and CERTREQ (RFC 7296 section 3.6). Unknown numbers are legal. */
public record CertificateEncoding(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final CertificateEncoding PKCS7_WRAPPED_X509 = known(1, "PKCS7_WRAPPED_X509");
  public static final CertificateEncoding X509_SIGNATURE = known(4, "X509_SIGNATURE");
  public static final CertificateEncoding CRL = known(7, "CRL");
  public static final CertificateEncoding RAW_RSA_KEY = known(11, "RAW_RSA_KEY");
  public static final CertificateEncoding X509_HASH_AND_URL = known(12, "X509_HASH_AND_URL");
  public static final CertificateEncoding X509_BUNDLE_HASH_AND_URL =
      known(13, "X509_BUNDLE_HASH_AND_URL");

  private static CertificateEncoding known(int code, String name) {
    NAMES.put(code, name);
    return new CertificateEncoding(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code CERT_ENCODING} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "CERT_ENCODING(" + code + ")" : name;
  }
}
