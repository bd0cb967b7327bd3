package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/** What a configuration payload does (RFC 7296 section 3.15). Unknown numbers are legal. */
public record ConfigurationType(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final ConfigurationType CFG_REQUEST = known(1, "CFG_REQUEST");
  public static final ConfigurationType CFG_REPLY = known(2, "CFG_REPLY");
  public static final ConfigurationType CFG_SET = known(3, "CFG_SET");
  public static final ConfigurationType CFG_ACK = known(4, "CFG_ACK");

  private static ConfigurationType known(int code, String name) {
    NAMES.put(code, name);
    return new ConfigurationType(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code CFG} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "CFG(" + code + ")" : name;
  }
}
