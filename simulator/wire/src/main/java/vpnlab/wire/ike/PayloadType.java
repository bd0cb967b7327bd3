package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/**
 * The kind of a payload (RFC 7296 section 3.2, RFC 7383 section 2.5), printed as the RFC
 * abbreviates it. Unknown numbers are legal.
 */
public record PayloadType(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final PayloadType NONE = known(0, "NONE");
  public static final PayloadType SA = known(33, "SA");
  public static final PayloadType KE = known(34, "KE");
  public static final PayloadType IDI = known(35, "IDi");
  public static final PayloadType IDR = known(36, "IDr");
  public static final PayloadType CERT = known(37, "CERT");
  public static final PayloadType CERTREQ = known(38, "CERTREQ");
  public static final PayloadType AUTH = known(39, "AUTH");
  public static final PayloadType NONCE = known(40, "Nonce");
  public static final PayloadType NOTIFY = known(41, "N");
  public static final PayloadType DELETE = known(42, "D");
  public static final PayloadType VENDOR_ID = known(43, "V");
  public static final PayloadType TSI = known(44, "TSi");
  public static final PayloadType TSR = known(45, "TSr");
  public static final PayloadType SK = known(46, "SK");
  public static final PayloadType CP = known(47, "CP");
  public static final PayloadType EAP = known(48, "EAP");
  public static final PayloadType SKF = known(53, "SKF");

  private static PayloadType known(int code, String name) {
    NAMES.put(code, name);
    return new PayloadType(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code PAYLOAD} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "PAYLOAD(" + code + ")" : name;
  }
}
