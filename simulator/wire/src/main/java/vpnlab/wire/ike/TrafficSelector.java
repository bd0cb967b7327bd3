package vpnlab.wire.ike;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * A range of addresses and ports (RFC 7296 section 3.13.1).
 *
 * @param ipProtocol 0 for any
 * @param selector what follows type, protocol and length: for the known types start port, end port,
 *     start address and end address
 */
public record TrafficSelector(TrafficSelectorType type, int ipProtocol, Octets selector) {
  /** 0.0.0.0 to 255.255.255.255, any protocol, any port. */
  public static final TrafficSelector ANY_IPV4 =
      new TrafficSelector(
          TrafficSelectorType.TS_IPV4_ADDR_RANGE, 0, Octets.ofHex("0000ffff 00000000 ffffffff"));

  /** All ports and protocols of the addresses from {@code first} to {@code last}. */
  public static TrafficSelector range(InetAddress first, InetAddress last) {
    TrafficSelectorType type =
        first.getAddress().length == 4
            ? TrafficSelectorType.TS_IPV4_ADDR_RANGE
            : TrafficSelectorType.TS_IPV6_ADDR_RANGE;
    Octets selector =
        Octets.concat(
            Octets.ofHex("0000ffff"), Octets.of(first.getAddress()), Octets.of(last.getAddress()));
    return new TrafficSelector(type, 0, selector);
  }

  static TrafficSelector read(String name, OctetReader reader) throws MalformedMessageException {
    TrafficSelectorType type = new TrafficSelectorType(reader.u8(name + " / type"));
    int ipProtocol = reader.u8(name + " / protocol");
    int length = reader.u16(name + " / length");
    Octets selector = reader.octets(length - 4, name + " / range");
    int addressSize = addressSize(type);
    if (addressSize > 0 && selector.size() != 4 + 2 * addressSize) {
      throw new MalformedMessageException(name, "has the length " + length + " for " + type);
    }
    return new TrafficSelector(type, ipProtocol, selector);
  }

  void write(OctetWriter writer) {
    writer.u8(type.code()).u8(ipProtocol).u16(4 + selector.size()).octets(selector);
  }

  private static int addressSize(TrafficSelectorType type) {
    return type.equals(TrafficSelectorType.TS_IPV4_ADDR_RANGE)
        ? 4
        : type.equals(TrafficSelectorType.TS_IPV6_ADDR_RANGE) ? 16 : 0;
  }

  public boolean isIpv4() {
    return type.equals(TrafficSelectorType.TS_IPV4_ADDR_RANGE);
  }

  /** Whether all addresses of {@code other} are in this range; false for unknown types. */
  public boolean containsAddressesOf(TrafficSelector other) {
    int size = addressSize(type);
    return size > 0
        && type.equals(other.type)
        && first().compareTo(other.first()) <= 0
        && last().compareTo(other.last()) >= 0;
  }

  /**
   * Whether a packet with this address at the selector's side is meant (RFC 4301 section 4.4.1.1).
   *
   * @param protocol of the packet
   * @param port at the selector's side; empty when the packet has or shows none, so that only a
   *     selector for all ports fits
   */
  public boolean matches(Octets address, int protocol, OptionalInt port) {
    return addressSize(type) == address.size()
        && first().compareTo(address) <= 0
        && last().compareTo(address) >= 0
        && (ipProtocol == 0 || ipProtocol == protocol)
        && (isForAllPorts()
            || port.isPresent() && firstPort() <= port.getAsInt() && port.getAsInt() <= lastPort());
  }

  private boolean isForAllPorts() {
    return firstPort() == 0 && lastPort() == 0xffff;
  }

  private int firstPort() {
    return selector.at(0) << 8 | selector.at(1);
  }

  private int lastPort() {
    return selector.at(2) << 8 | selector.at(3);
  }

  /** The lowest address. Only of the known types. */
  public Octets first() {
    return selector.slice(4, 4 + addressSize(type));
  }

  /** The highest address. Only of the known types. */
  public Octets last() {
    return selector.from(4 + addressSize(type));
  }

  @Override
  public String toString() {
    if (addressSize(type) == 0) {
      return type + "=" + selector;
    }
    return text(first()) + "-" + text(last());
  }

  private static String text(Octets address) {
    try {
      return InetAddress.getByAddress(address.toArray()).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
