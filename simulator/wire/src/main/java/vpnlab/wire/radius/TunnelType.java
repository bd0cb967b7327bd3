package vpnlab.wire.radius;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The value of Tunnel-Type (RFC 2868, section 3.1; SSTP: MS-RNAP, section 2.2.2.1). Any number is
 * legal.
 *
 * @param value without the tag, except SSTP's, which needs the tag's octet too
 */
public record TunnelType(long value) {
  public static final TunnelType PPTP = new TunnelType(1);
  public static final TunnelType L2TP = new TunnelType(3);

  /** ESP in tunnel mode, which is IKEv2's (there is no number of its own for it). */
  public static final TunnelType ESP = new TunnelType(9);

  public static final TunnelType SSTP = new TunnelType(0x00013701);

  private static final Map<String, Long> NUMBERS = new LinkedHashMap<>();

  static {
    NUMBERS.put("pptp", 1L);
    NUMBERS.put("l2f", 2L);
    NUMBERS.put("l2tp", 3L);
    NUMBERS.put("ah", 6L);
    NUMBERS.put("esp", 9L);
    NUMBERS.put("gre", 10L);
    NUMBERS.put("vlan", 13L);
    NUMBERS.put("sstp", SSTP.value());
  }

  /** The names that {@link #of} knows. */
  public static Collection<String> names() {
    return NUMBERS.keySet();
  }

  /** By its name in lower case, or by its number. */
  public static Optional<TunnelType> of(String text) {
    Long number = NUMBERS.get(text.toLowerCase(Locale.ROOT));
    if (number == null && text.matches("\\d{1,9}")) {
      number = Long.valueOf(text);
    }
    return Optional.ofNullable(number).map(TunnelType::new);
  }

  /** Of a packet's first Tunnel-Type; the tag is left out where there is one. */
  public static Optional<TunnelType> of(RadiusPacket packet) {
    OptionalLong raw = packet.integer(RadiusAttributeType.TUNNEL_TYPE);
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    long value = raw.getAsLong();
    return Optional.of(new TunnelType(value == SSTP.value() ? value : value & 0xffffff));
  }

  public RadiusAttribute toAttribute() {
    return RadiusAttribute.integer(RadiusAttributeType.TUNNEL_TYPE, value);
  }

  @Override
  public String toString() {
    return NUMBERS.entrySet().stream()
        .filter(entry -> entry.getValue() == value)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> Long.toString(value));
  }
}
