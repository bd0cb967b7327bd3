package vpnlab.lab.servers;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import vpnlab.wire.Octets;

/** Values of RADIUS attributes as people write them. */
final class PortTypes {
  /** RFC 2865 section 5.41, and the wireless ones that NPS knows. */
  private static final Map<Integer, String> NAMES =
      Map.of(0, "async", 1, "sync", 2, "isdn", 5, "virtual", 15, "ethernet", 19, "wireless");

  private PortTypes() {}

  /** The name of a NAS-Port-Type; its number when it has none here; empty without the attribute. */
  static String name(Optional<Octets> value) {
    if (value.isEmpty() || value.get().size() != 4) {
      return "";
    }
    int number = (int) Long.parseLong(value.get().toHex(), 16);
    return NAMES.getOrDefault(number, Integer.toString(number)).toLowerCase(Locale.ROOT);
  }

  /** An IPv4 address in dotted notation; hexadecimal when it has another size. */
  static String address(Octets value) {
    return value.size() == 4
        ? String.join(
            ".", IntStream.range(0, 4).mapToObj(i -> Integer.toString(value.at(i))).toList())
        : value.toHex();
  }
}
