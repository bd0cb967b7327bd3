package vpnlab.wire.radius;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of NAS-Port-Type (RFC 2865, section 5.41). Any 32-bit number is legal.
 *
 * @param value the number on the wire
 */
public record NasPortType(long value) {
  public static final NasPortType VIRTUAL = new NasPortType(5);

  private static final Map<String, Long> NUMBERS = numbers();

  private static Map<String, Long> numbers() {
    String[] names = {
      "async",
      "sync",
      "isdn",
      "isdn-v120",
      "isdn-v110",
      "virtual",
      "piafs",
      "hdlc",
      "x25",
      "x75",
      "g3-fax",
      "sdsl",
      "adsl-cap",
      "adsl-dmt",
      "idsl",
      "ethernet",
      "xdsl",
      "cable",
      "wireless-other",
      "wireless"
    };
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      numbers.put(names[i], (long) i);
    }
    return Collections.unmodifiableMap(numbers);
  }

  public NasPortType {
    if (value < 0 || value > 0xffffffffL) {
      throw new IllegalArgumentException("NAS-Port-Type " + value + " is not 32 bits");
    }
  }

  /** The names that {@link #of} knows. */
  public static Collection<String> names() {
    return NUMBERS.keySet();
  }

  /** By its name in lower case, or by its number. */
  public static Optional<NasPortType> of(String text) {
    Long number = NUMBERS.get(text.toLowerCase(Locale.ROOT));
    if (number == null && text.matches("\\d{1,9}")) {
      number = Long.valueOf(text);
    }
    return Optional.ofNullable(number).map(NasPortType::new);
  }

  /** As Windows' event records write it. */
  public String windowsName() {
    return switch ((int) value) {
      case 0 -> "Async";
      case 1 -> "Sync";
      case 2 -> "ISDN Sync";
      case 5 -> "Virtual";
      case 15 -> "Ethernet";
      case 18 -> "Wireless - Other";
      case 19 -> "Wireless - IEEE 802.11";
      default -> toString();
    };
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
