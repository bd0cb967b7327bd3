package vpnlab.wire.ldap;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * One element of the Basic Encoding Rules (ITU-T X.690) as RFC 4511 section 5.1 restricts them:
 * definite lengths only, octet strings in primitive form only. LDAP uses no tag number above 30, so
 * the identifier is one octet. A general ASN.1 library would let the forbidden forms pass.
 *
 * @param tag the identifier octet: class, primitive or constructed, number
 */
record BerElement(int tag, Octets content) {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int ENUMERATED = 0x0a;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /** The constructed bit of an identifier octet. */
  static final int CONSTRUCTED = 0x20;

  private static final int HIGH_TAG_NUMBER = 0x1f;

  static BerElement read(OctetReader reader, String field) throws MalformedMessageException {
    int tag = reader.u8(field + " tag");
    if ((tag & HIGH_TAG_NUMBER) == HIGH_TAG_NUMBER) {
      throw new MalformedMessageException(field + " tag", "has a number that LDAP does not use");
    }
    return new BerElement(tag, reader.octets(length(reader, field), field));
  }

  private static int length(OctetReader reader, String field) throws MalformedMessageException {
    int first = reader.u8(field + " length");
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    if (count == 0) {
      throw new MalformedMessageException(field + " length", "is indefinite");
    }
    long length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | reader.u8(field + " length");
      if (length > Integer.MAX_VALUE) {
        throw new MalformedMessageException(field + " length", "does not fit into 31 bits");
      }
    }
    return (int) length;
  }

  /** Reads an element that must have this tag. */
  static BerElement expect(OctetReader reader, int tag, String field)
      throws MalformedMessageException {
    BerElement element = read(reader, field);
    if (element.tag != tag) {
      throw new MalformedMessageException(
          field, String.format("has the tag 0x%02x, must be 0x%02x", element.tag, tag));
    }
    return element;
  }

  static OctetReader sequence(OctetReader reader, int tag, String field)
      throws MalformedMessageException {
    return new OctetReader(expect(reader, tag, field).content);
  }

  static Octets octets(OctetReader reader, String field) throws MalformedMessageException {
    return expect(reader, OCTET_STRING, field).content;
  }

  static String text(OctetReader reader, String field) throws MalformedMessageException {
    return expect(reader, OCTET_STRING, field).text(field);
  }

  static int integer(OctetReader reader, int tag, String field) throws MalformedMessageException {
    return expect(reader, tag, field).integer(field);
  }

  static boolean bool(OctetReader reader, String field) throws MalformedMessageException {
    return expect(reader, BOOLEAN, field).bool(field);
  }

  /** An LDAPString: UTF-8, of which malformed octets are none. */
  String text(String field) throws MalformedMessageException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content.toArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessageException(field, "is not UTF-8");
    }
  }

  /** An integer from 0 to 2^31 - 1, the only ones in LDAP (RFC 4511 section 4.1.1). */
  int integer(String field) throws MalformedMessageException {
    if (content.isEmpty()) {
      throw new MalformedMessageException(field, "is an integer without octets");
    }
    if (content.size() > 1 && content.at(0) == 0 && content.at(1) < 0x80) {
      throw new MalformedMessageException(field, "is not in the shortest form");
    }
    if (content.size() == 1 && content.at(0) < 0x80) {
      return content.at(0);
    }
    BigInteger value = new BigInteger(content.toArray());
    if (value.signum() < 0 || value.bitLength() > 31) {
      throw new MalformedMessageException(field, "is " + value + ", must be 0 to 2^31 - 1");
    }
    return value.intValue();
  }

  /** RFC 4511 section 5.1 wants 0xff for true. */
  boolean bool(String field) throws MalformedMessageException {
    if (content.size() != 1 || (content.at(0) != 0 && content.at(0) != 0xff)) {
      throw new MalformedMessageException(field, "is neither 0x00 nor 0xff");
    }
    return content.at(0) == 0xff;
  }

  static BerElement of(int tag, Octets content) {
    return new BerElement(tag, content);
  }

  static BerElement text(int tag, String text) {
    return new BerElement(tag, Octets.ofText(text, StandardCharsets.UTF_8));
  }

  static BerElement integer(int tag, int value) {
    return new BerElement(
        tag,
        value >= 0 && value < 0x80
            ? Octets.of((byte) value)
            : Octets.of(BigInteger.valueOf(value).toByteArray()));
  }

  static BerElement bool(int tag, boolean value) {
    return new BerElement(tag, Octets.of((byte) (value ? 0xff : 0)));
  }

  static BerElement sequence(int tag, Iterable<BerElement> elements) {
    OctetWriter writer = new OctetWriter();
    for (BerElement element : elements) {
      element.write(writer);
    }
    return new BerElement(tag, writer.toOctets());
  }

  void write(OctetWriter writer) {
    writer.u8(tag);
    int size = content.size();
    if (size < 0x80) {
      writer.u8(size);
    } else {
      int count = (32 - Integer.numberOfLeadingZeros(size) + 7) / 8;
      writer.u8(0x80 | count);
      for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
        writer.u8(size >>> shift & 0xff);
      }
    }
    writer.octets(content);
  }

  Octets encode() {
    OctetWriter writer = new OctetWriter();
    write(writer);
    return writer.toOctets();
  }
}
