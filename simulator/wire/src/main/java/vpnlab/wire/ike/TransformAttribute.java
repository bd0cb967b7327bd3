package vpnlab.wire.ike;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * An attribute of a transform (RFC 7296 section 3.3.5). Only the key length (type 14) is defined.
 *
 * @param shortForm whether the value is two octets and no length is sent
 */
public record TransformAttribute(int type, boolean shortForm, Octets value) {
  public static final int KEY_LENGTH = 14;

  public TransformAttribute {
    if (shortForm && value.size() != 2) {
      throw new IllegalArgumentException("a short attribute has 2 octets, not " + value.size());
    }
  }

  /**
   * The only attribute there is.
   *
   * @param bits length of the key in bits
   */
  public static TransformAttribute keyLength(int bits) {
    return new TransformAttribute(KEY_LENGTH, true, new OctetWriter().u16(bits).toOctets());
  }

  static TransformAttribute read(String name, OctetReader reader) throws MalformedMessageException {
    int format = reader.u16(name + " / attribute type");
    boolean shortForm = (format & 0x8000) != 0;
    int length = shortForm ? 2 : reader.u16(name + " / attribute length");
    Octets value = reader.octets(length, name + " / attribute value");
    return new TransformAttribute(format & 0x7fff, shortForm, value);
  }

  void write(OctetWriter writer) {
    writer.u16(type | (shortForm ? 0x8000 : 0));
    if (!shortForm) {
      writer.u16(value.size());
    }
    writer.octets(value);
  }
}
