package vpnlab.wire.radius;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * A RADIUS packet (RFC 2865, section 3).
 *
 * @param code what kind of packet
 * @param identifier 0 to 255; matches a response to its request
 * @param authenticator 16 octets
 * @param attributes in the order of the wire, which matters for attributes of one type
 */
public record RadiusPacket(
    RadiusCode code, int identifier, Octets authenticator, List<RadiusAttribute> attributes) {
  public static final int HEADER = 20;
  public static final int MAX_LENGTH = 4096;
  public static final int AUTHENTICATOR = 16;

  public RadiusPacket {
    attributes = List.copyOf(attributes);
    if (identifier < 0 || identifier > 255) {
      throw new IllegalArgumentException("RADIUS identifier " + identifier);
    }
    if (authenticator.size() != AUTHENTICATOR) {
      throw new IllegalArgumentException("RADIUS authenticator of " + authenticator.size());
    }
  }

  /** Reads one packet. Octets behind its Length are padding and ignored (RFC 2865, section 3). */
  public static RadiusPacket decode(Octets octets) throws MalformedMessageException {
    OctetReader in = new OctetReader(octets);
    RadiusCode code = new RadiusCode(in.u8("RADIUS Code"));
    int identifier = in.u8("RADIUS Identifier");
    int length = in.u16("RADIUS Length");
    if (length < HEADER || length > MAX_LENGTH) {
      throw new MalformedMessageException("RADIUS Length", "is " + length + ", not 20 to 4096");
    }
    OctetReader body = in.sub(length - 4, "RADIUS packet of length " + length);
    Octets authenticator = body.octets(AUTHENTICATOR, "RADIUS Authenticator");
    List<RadiusAttribute> attributes = new ArrayList<>();
    while (body.hasMore()) {
      RadiusAttributeType type = new RadiusAttributeType(body.u8("RADIUS attribute type"));
      int size = body.u8("RADIUS " + type + " length");
      if (size < 2) {
        throw new MalformedMessageException("RADIUS " + type + " length", "is " + size);
      }
      attributes.add(new RadiusAttribute(type, body.octets(size - 2, "RADIUS " + type)));
    }
    return new RadiusPacket(code, identifier, authenticator, attributes);
  }

  /**
   * The octets of the wire.
   *
   * @throws IllegalArgumentException when the attributes do not fit into 4096 octets
   */
  public Octets encode() {
    OctetWriter body = new OctetWriter();
    for (RadiusAttribute attribute : attributes) {
      body.u8(attribute.type().value()).u8(attribute.value().size() + 2).octets(attribute.value());
    }
    int length = HEADER + body.size();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException("RADIUS packet of " + length + " octets");
    }
    return new OctetWriter()
        .u8(code.value())
        .u8(identifier)
        .u16(length)
        .octets(authenticator)
        .octets(body.toOctets())
        .toOctets();
  }

  public RadiusPacket withAuthenticator(Octets replacement) {
    return new RadiusPacket(code, identifier, replacement, attributes);
  }

  /** With every attribute of {@code type} carrying {@code value} instead of its own. */
  public RadiusPacket withValue(RadiusAttributeType type, Octets value) {
    List<RadiusAttribute> changed = new ArrayList<>(attributes);
    changed.replaceAll(a -> a.type().equals(type) ? new RadiusAttribute(type, value) : a);
    return new RadiusPacket(code, identifier, authenticator, changed);
  }

  public boolean has(RadiusAttributeType type) {
    return first(type).isPresent();
  }

  public Optional<Octets> first(RadiusAttributeType type) {
    for (RadiusAttribute attribute : attributes) {
      if (attribute.type().equals(type)) {
        return Optional.of(attribute.value());
      }
    }
    return Optional.empty();
  }

  public List<Octets> all(RadiusAttributeType type) {
    List<Octets> found = new ArrayList<>();
    for (RadiusAttribute attribute : attributes) {
      if (attribute.type().equals(type)) {
        found.add(attribute.value());
      }
    }
    return found;
  }

  /** The first attribute of {@code type} as UTF-8. */
  public Optional<String> text(RadiusAttributeType type) {
    for (RadiusAttribute attribute : attributes) {
      if (attribute.type().equals(type)) {
        return Optional.of(attribute.text());
      }
    }
    return Optional.empty();
  }

  /** The first attribute of {@code type} as a number; empty when it has not 4 octets. */
  public OptionalLong integer(RadiusAttributeType type) {
    Optional<Octets> value = first(type).filter(octets -> octets.size() == 4);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < 4; i++) {
      number = number << 8 | value.get().at(i);
    }
    return OptionalLong.of(number);
  }

  /** A vendor's attributes; Vendor-Specific attributes of another format are passed over. */
  public List<VendorAttribute> vendorAttributes(long vendor) {
    List<VendorAttribute> result = new ArrayList<>();
    for (RadiusAttribute attribute : attributes) {
      if (!attribute.type().equals(RadiusAttributeType.VENDOR_SPECIFIC)) {
        continue;
      }
      try {
        for (VendorAttribute inner : VendorAttribute.decode(attribute)) {
          if (inner.vendor() == vendor) {
            result.add(inner);
          }
        }
      } catch (MalformedMessageException e) {
        // RFC 2865 only recommends the inner format: this vendor uses another, so nothing is found.
      }
    }
    return result;
  }

  public Optional<Octets> microsoft(int type) {
    for (VendorAttribute each : vendorAttributes(VendorAttribute.MICROSOFT)) {
      if (each.type() == type) {
        return Optional.of(each.value());
      }
    }
    return Optional.empty();
  }

  /** The EAP packet that the EAP-Message attributes carry together (RFC 3579, section 3.1). */
  public Optional<Octets> eapMessage() {
    List<Octets> parts = all(RadiusAttributeType.EAP_MESSAGE);
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(Octets.concat(parts.toArray(Octets[]::new)));
  }

  /** An EAP packet as EAP-Message attributes of at most 253 octets each. */
  public static List<RadiusAttribute> eapMessageAttributes(Octets eap) {
    List<RadiusAttribute> result = new ArrayList<>();
    for (int at = 0; at == 0 || at < eap.size(); at += RadiusAttribute.MAX_VALUE) {
      Octets part = eap.slice(at, Math.min(eap.size(), at + RadiusAttribute.MAX_VALUE));
      result.add(new RadiusAttribute(RadiusAttributeType.EAP_MESSAGE, part));
    }
    return result;
  }
}
