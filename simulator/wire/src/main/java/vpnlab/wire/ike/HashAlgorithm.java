package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/** A hash a peer can verify signatures with (RFC 7427 section 7). Unknown numbers are legal. */
public record HashAlgorithm(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final HashAlgorithm SHA1 = known(1, "SHA1");
  public static final HashAlgorithm SHA2_256 = known(2, "SHA2_256");
  public static final HashAlgorithm SHA2_384 = known(3, "SHA2_384");
  public static final HashAlgorithm SHA2_512 = known(4, "SHA2_512");
  public static final HashAlgorithm IDENTITY = known(5, "IDENTITY");

  private static HashAlgorithm known(int code, String name) {
    NAMES.put(code, name);
    return new HashAlgorithm(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code HASH} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "HASH(" + code + ")" : name;
  }
}
