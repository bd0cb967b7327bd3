package vpnlab.wire.ike;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * One attribute of a configuration payload (RFC 7296 section 3.15.1); empty when only asked for.
 */
public record ConfigurationAttribute(ConfigurationAttributeType type, Octets value) {
  public static ConfigurationAttribute empty(ConfigurationAttributeType type) {
    return new ConfigurationAttribute(type, Octets.EMPTY);
  }

  public static ConfigurationAttribute address(
      ConfigurationAttributeType type, InetAddress address) {
    return new ConfigurationAttribute(type, Octets.of(address.getAddress()));
  }

  static ConfigurationAttribute read(String payload, OctetReader reader)
      throws MalformedMessageException {
    // The upper bit is reserved; the whole payload is kept when it is set.
    int type = reader.u16(payload + " / attribute type") & 0x7fff;
    int length = reader.u16(payload + " / attribute length");
    return new ConfigurationAttribute(
        new ConfigurationAttributeType(type), reader.octets(length, payload + " / attribute"));
  }

  void write(OctetWriter writer) {
    writer.u16(type.code()).u16(value.size()).octets(value);
  }

  /** The value of 4 or 16 octets as an address, else null. */
  public InetAddress asAddress() {
    if (value.size() != 4 && value.size() != 16) {
      return null;
    }
    try {
      return InetAddress.getByAddress(value.toArray());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    if (type.equals(ConfigurationAttributeType.APPLICATION_VERSION)) {
      return type + "=" + value.toText(StandardCharsets.US_ASCII);
    }
    InetAddress address = asAddress();
    return type + "=" + (address == null ? value : address.getHostAddress());
  }
}
