package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/** The form of an identity (RFC 7296 section 3.5). Unknown numbers are legal. */
public record IdType(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final IdType ID_IPV4_ADDR = known(1, "ID_IPV4_ADDR");
  public static final IdType ID_FQDN = known(2, "ID_FQDN");
  public static final IdType ID_RFC822_ADDR = known(3, "ID_RFC822_ADDR");
  public static final IdType ID_IPV6_ADDR = known(5, "ID_IPV6_ADDR");
  public static final IdType ID_DER_ASN1_DN = known(9, "ID_DER_ASN1_DN");
  public static final IdType ID_DER_ASN1_GN = known(10, "ID_DER_ASN1_GN");
  public static final IdType ID_KEY_ID = known(11, "ID_KEY_ID");

  private static IdType known(int code, String name) {
    NAMES.put(code, name);
    return new IdType(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code ID} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "ID(" + code + ")" : name;
  }
}
