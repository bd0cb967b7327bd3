package vpnlab.wire.dhcp;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;

/**
 * One option of a DHCP message (RFC 2132 section 2).
 *
 * @param value at most 255 octets; empty for {@link DhcpOptionCode#PAD}
 */
public record DhcpOption(DhcpOptionCode code, Octets value) {
  private static final int MOST = 255;

  public DhcpOption {
    if (value.size() > MOST || !code.hasValue() && !value.isEmpty()) {
      throw new IllegalArgumentException(code + " with " + value.size() + " octets");
    }
  }

  /** Addresses one after the other, 4 octets each. */
  public static DhcpOption addresses(DhcpOptionCode code, List<Ipv4Address> addresses) {
    return new DhcpOption(
        code, Octets.concat(addresses.stream().map(Ipv4Address::octets).toArray(Octets[]::new)));
  }

  public static DhcpOption address(DhcpOptionCode code, Ipv4Address address) {
    return new DhcpOption(code, address.octets());
  }

  /**
   * A time.
   *
   * @param seconds from 0 to 0xffffffff, which stands for infinity
   */
  public static DhcpOption seconds(DhcpOptionCode code, long seconds) {
    return new DhcpOption(code, new OctetWriter().u32(seconds).toOctets());
  }

  public static DhcpOption messageType(DhcpMessageType type) {
    return new DhcpOption(
        DhcpOptionCode.MESSAGE_TYPE, new OctetWriter().u8(type.value()).toOctets());
  }

  /**
   * The options of a field that ends with the End option.
   *
   * @param what names the field in errors
   */
  static List<DhcpOption> readAll(OctetReader in, String what) throws MalformedMessageException {
    List<DhcpOption> options = new ArrayList<>();
    while (true) {
      DhcpOptionCode code = new DhcpOptionCode(in.u8(what + " / option code"));
      if (code.equals(DhcpOptionCode.END)) {
        return options;
      }
      if (code.hasValue()) {
        int length = in.u8(what + " / " + code + " length");
        options.add(new DhcpOption(code, in.octets(length, what + " / " + code)));
      } else {
        options.add(new DhcpOption(code, Octets.EMPTY));
      }
    }
  }

  void write(OctetWriter out) {
    out.u8(code.value());
    if (code.hasValue()) {
      out.u8(value.size()).octets(value);
    }
  }

  @Override
  public String toString() {
    return code.hasValue() ? code + "=" + value : code.toString();
  }
}
