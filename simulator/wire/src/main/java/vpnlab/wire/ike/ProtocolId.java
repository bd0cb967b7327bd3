package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/**
 * The protocol that a proposal, a notification or a deletion is about (RFC 7296 section 3.3.1).
 * Unknown numbers are legal.
 */
public record ProtocolId(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final ProtocolId NONE = known(0, "NONE");
  public static final ProtocolId IKE = known(1, "IKE");
  public static final ProtocolId AH = known(2, "AH");
  public static final ProtocolId ESP = known(3, "ESP");

  private static ProtocolId known(int code, String name) {
    NAMES.put(code, name);
    return new ProtocolId(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code PROTOCOL} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "PROTOCOL(" + code + ")" : name;
  }
}
