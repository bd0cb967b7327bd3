package vpnlab.wire.ip;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The number of the protocol that an IP packet carries (RFC 791 section 3.1, IANA "Assigned
 * Internet Protocol Numbers"). Unknown numbers are legal and keep their value.
 */
public record IpProtocol(int number) {
  public static final IpProtocol ICMP = new IpProtocol(1);
  public static final IpProtocol TCP = new IpProtocol(6);
  public static final IpProtocol UDP = new IpProtocol(17);
  public static final IpProtocol GRE = new IpProtocol(47);
  public static final IpProtocol ESP = new IpProtocol(50);
  public static final IpProtocol AH = new IpProtocol(51);

  private static final Map<String, IpProtocol> NAMED =
      new TreeMap<>(Map.of("icmp", ICMP, "tcp", TCP, "udp", UDP, "gre", GRE, "esp", ESP, "ah", AH));

  public IpProtocol {
    if (number < 0 || number > 255) {
      throw new IllegalArgumentException("IP protocol " + number + " is not in 0..255");
    }
  }

  /**
   * Parses a name such as {@code udp} or a number from 0 to 255.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static IpProtocol parse(String text) {
    IpProtocol named = NAMED.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    try {
      return new IpProtocol(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "unknown IP protocol \"" + text + "\"; known: " + NAMED.keySet() + " or 0..255", e);
    }
  }

  @Override
  public String toString() {
    for (Map.Entry<String, IpProtocol> named : NAMED.entrySet()) {
      if (named.getValue().number == number) {
        return named.getKey();
      }
    }
    return Integer.toString(number);
  }
}
