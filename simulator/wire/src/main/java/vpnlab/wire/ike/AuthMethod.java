package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/**
 * How an AUTH payload was computed (RFC 7296 section 3.8, RFC 4754, RFC 7427). Unknown numbers are
 * legal.
 */
public record AuthMethod(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final AuthMethod RSA_DIGITAL_SIGNATURE = known(1, "RSA_DIGITAL_SIGNATURE");
  public static final AuthMethod SHARED_KEY_MESSAGE_INTEGRITY_CODE =
      known(2, "SHARED_KEY_MESSAGE_INTEGRITY_CODE");
  public static final AuthMethod DSS_DIGITAL_SIGNATURE = known(3, "DSS_DIGITAL_SIGNATURE");
  public static final AuthMethod ECDSA_256 = known(9, "ECDSA_256");
  public static final AuthMethod ECDSA_384 = known(10, "ECDSA_384");
  public static final AuthMethod ECDSA_521 = known(11, "ECDSA_521");
  public static final AuthMethod GENERIC_SECURE_PASSWORD = known(12, "GENERIC_SECURE_PASSWORD");
  public static final AuthMethod NULL_AUTHENTICATION = known(13, "NULL_AUTHENTICATION");
  public static final AuthMethod DIGITAL_SIGNATURE = known(14, "DIGITAL_SIGNATURE");

  private static AuthMethod known(int code, String name) {
    NAMES.put(code, name);
    return new AuthMethod(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code AUTH_METHOD} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "AUTH_METHOD(" + code + ")" : name;
  }
}
