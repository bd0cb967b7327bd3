package vpnlab.wire.radius;

import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * An attribute of a RADIUS packet (RFC 2865, section 5).
 *
 * @param type any
 * @param value at most 253 octets
 */
public record RadiusAttribute(RadiusAttributeType type, Octets value) {
  public static final int MAX_VALUE = 253;

  public RadiusAttribute {
    if (value.size() > MAX_VALUE) {
      throw new IllegalArgumentException(type + " of " + value.size() + " octets");
    }
  }

  /** An attribute of the data type "text", in UTF-8. */
  public static RadiusAttribute text(RadiusAttributeType type, String text) {
    return new RadiusAttribute(type, Octets.ofText(text, StandardCharsets.UTF_8));
  }

  /** An attribute of the data type "integer": 32 bits, unsigned. */
  public static RadiusAttribute integer(RadiusAttributeType type, long number) {
    return new RadiusAttribute(type, new OctetWriter().u32(number).toOctets());
  }

  /** An attribute of the data type "address". */
  public static RadiusAttribute address(RadiusAttributeType type, Inet4Address address) {
    return new RadiusAttribute(type, Octets.of(address.getAddress()));
  }

  /** The value as UTF-8. */
  public String text() {
    return value.toText(StandardCharsets.UTF_8);
  }
}
