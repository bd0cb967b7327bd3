package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/** The form of a traffic selector (RFC 7296 section 3.13.1). Unknown numbers are legal. */
public record TrafficSelectorType(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final TrafficSelectorType TS_IPV4_ADDR_RANGE = known(7, "TS_IPV4_ADDR_RANGE");
  public static final TrafficSelectorType TS_IPV6_ADDR_RANGE = known(8, "TS_IPV6_ADDR_RANGE");

  private static TrafficSelectorType known(int code, String name) {
    NAMES.put(code, name);
    return new TrafficSelectorType(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code TS} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "TS(" + code + ")" : name;
  }
}
