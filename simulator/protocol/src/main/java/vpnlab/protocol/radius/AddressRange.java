package vpnlab.protocol.radius;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import vpnlab.wire.Octets;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, section 3.1).
 *
 * @param network 4 or 16 octets
 * @param prefixLength in bits
 */
public record AddressRange(Octets network, int prefixLength) {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]+");

  public AddressRange {
    if (network.size() != 4 && network.size() != 16) {
      throw new IllegalArgumentException("an address has 4 or 16 octets, not " + network.size());
    }
    if (prefixLength < 0 || prefixLength > network.size() * 8) {
      throw new IllegalArgumentException("prefix length " + prefixLength);
    }
  }

  /**
   * {@code 10.0.0.0/24}, or one address without a slash.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    // Anything else would be looked up in the DNS of this machine, which no lab may do.
    if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not an address range");
    }
    try {
      Octets octets = Octets.of(InetAddress.getByName(address).getAddress());
      int bits = slash < 0 ? octets.size() * 8 : Integer.parseInt(text.substring(slash + 1));
      return new AddressRange(octets, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not an address range", e);
    }
  }

  public boolean contains(InetAddress address) {
    byte[] other = address.getAddress();
    if (other.length != network.size()) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      int mask = 0x80 >>> bit % 8;
      if ((other[bit / 8] & mask) != (network.at(bit / 8) & mask)) {
        return false;
      }
    }
    return true;
  }
}
