package vpnlab.wire.radius;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * One vendor's attribute inside a Vendor-Specific attribute, in the format that RFC 2865, section
 * 5.26 recommends. Microsoft's numbers are those of RFC 2548 and MS-RNAP.
 *
 * @param vendor the IANA enterprise number, 32 bits
 * @param type 0 to 255
 * @param value at most 247 octets
 */
public record VendorAttribute(long vendor, int type, Octets value) {
  public static final long MICROSOFT = 311;
  public static final int MS_CHAP_RESPONSE = 1;
  public static final int MS_CHAP_ERROR = 2;
  public static final int MS_MPPE_ENCRYPTION_POLICY = 7;
  public static final int MS_MPPE_ENCRYPTION_TYPES = 8;
  public static final int MS_RAS_VENDOR = 9;
  public static final int MS_CHAP_DOMAIN = 10;
  public static final int MS_CHAP_CHALLENGE = 11;
  public static final int MS_CHAP_MPPE_KEYS = 12;
  public static final int MS_MPPE_SEND_KEY = 16;
  public static final int MS_MPPE_RECV_KEY = 17;
  public static final int MS_RAS_VERSION = 18;
  public static final int MS_FILTER = 22;
  public static final int MS_ACCT_AUTH_TYPE = 23;
  public static final int MS_ACCT_EAP_TYPE = 24;
  public static final int MS_CHAP2_RESPONSE = 25;
  public static final int MS_CHAP2_SUCCESS = 26;
  public static final int MS_CHAP2_PW = 27;
  public static final int MS_RAS_CLIENT_NAME = 34;
  public static final int MS_RAS_CLIENT_VERSION = 35;
  public static final int MS_NETWORK_ACCESS_SERVER_TYPE = 47;
  public static final int MS_RAS_CORRELATION = 56;

  private static final int MAX_VALUE = RadiusAttribute.MAX_VALUE - 6;

  public VendorAttribute {
    if (vendor < 0 || vendor > 0xffffffffL || type < 0 || type > 255) {
      throw new IllegalArgumentException("attribute " + type + " of vendor " + vendor);
    }
    if (value.size() > MAX_VALUE) {
      throw new IllegalArgumentException("vendor attribute of " + value.size() + " octets");
    }
  }

  public static VendorAttribute microsoft(int type, Octets value) {
    return new VendorAttribute(MICROSOFT, type, value);
  }

  /** A Vendor-Specific attribute that carries this one alone. */
  public RadiusAttribute toAttribute() {
    Octets octets =
        new OctetWriter().u32(vendor).u8(type).u8(value.size() + 2).octets(value).toOctets();
    return new RadiusAttribute(RadiusAttributeType.VENDOR_SPECIFIC, octets);
  }

  /**
   * What a Vendor-Specific attribute carries.
   *
   * @throws MalformedMessageException when it does not follow the recommended format
   */
  public static List<VendorAttribute> decode(RadiusAttribute attribute)
      throws MalformedMessageException {
    OctetReader in = new OctetReader(attribute.value());
    long vendor = in.u32("Vendor-Id");
    List<VendorAttribute> result = new ArrayList<>();
    while (in.hasMore()) {
      int type = in.u8("Vendor type");
      int length = in.u8("Vendor length");
      if (length < 2) {
        throw new MalformedMessageException("Vendor length", "is " + length);
      }
      result.add(new VendorAttribute(vendor, type, in.octets(length - 2, "Vendor value")));
    }
    return result;
  }
}
