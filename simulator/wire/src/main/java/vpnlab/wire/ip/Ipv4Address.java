package vpnlab.wire.ip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/** An IPv4 address, its 32 bits in an {@code int} (RFC 791 section 2.3). */
public record Ipv4Address(int bits) implements Comparable<Ipv4Address> {
  public static final Ipv4Address ANY = new Ipv4Address(0);

  /** Every host on the sender's own segment (RFC 919 section 7). */
  public static final Ipv4Address LIMITED_BROADCAST = new Ipv4Address(-1);

  /**
   * Parses four decimal numbers; never asks a name service.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Ipv4Address parse(String text) {
    String[] parts = text.split("\\.", -1);
    int bits = 0;
    for (String part : parts) {
      if (parts.length != 4 || !part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
        throw new IllegalArgumentException("\"" + text + "\" is not an IPv4 address");
      }
      bits = bits << 8 | Integer.parseInt(part);
    }
    return new Ipv4Address(bits);
  }

  /**
   * @throws IllegalArgumentException when {@code address} is not IPv4
   */
  public static Ipv4Address of(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length != 4) {
      throw new IllegalArgumentException(address + " is not an IPv4 address");
    }
    int bits = 0;
    for (byte octet : octets) {
      bits = bits << 8 | octet & 0xff;
    }
    return new Ipv4Address(bits);
  }

  /**
   * @throws IllegalArgumentException when the address is unresolved or not IPv4
   */
  public static Ipv4Address of(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(address + " is not resolved");
    }
    return of(address.getAddress());
  }

  static Ipv4Address read(OctetReader reader, String field) throws MalformedMessageException {
    return new Ipv4Address((int) reader.u32(field));
  }

  public Octets octets() {
    return Octets.of(bytes());
  }

  public InetAddress toInetAddress() {
    try {
      return InetAddress.getByAddress(bytes());
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are always an address", e);
    }
  }

  public InetSocketAddress at(int port) {
    return new InetSocketAddress(toInetAddress(), port);
  }

  public boolean isAny() {
    return bits == 0;
  }

  public boolean isLimitedBroadcast() {
    return bits == -1;
  }

  long unsigned() {
    return bits & 0xffffffffL;
  }

  private byte[] bytes() {
    return new byte[] {
      (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
    };
  }

  @Override
  public int compareTo(Ipv4Address other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }
}
