package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/** What a transform chooses (RFC 7296 section 3.3.2). Unknown numbers are legal. */
public record TransformType(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final TransformType ENCR = known(1, "ENCR");
  public static final TransformType PRF = known(2, "PRF");
  public static final TransformType INTEG = known(3, "INTEG");
  public static final TransformType DH = known(4, "DH");
  public static final TransformType ESN = known(5, "ESN");

  private static TransformType known(int code, String name) {
    NAMES.put(code, name);
    return new TransformType(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code TRANSFORM} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "TRANSFORM(" + code + ")" : name;
  }
}
