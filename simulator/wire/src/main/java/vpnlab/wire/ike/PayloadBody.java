package vpnlab.wire.ike;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/** Decodes what stands behind a generic payload header. */
final class PayloadBody {
  private PayloadBody() {}

  static Payload decode(String name, PayloadType type, PayloadType next, int flags, Octets body)
      throws MalformedMessageException {
    OctetReader reader = new OctetReader(body);
    return switch (type.code()) {
      case 33 -> new Payload.SecurityAssociation(Proposal.readAll(name, reader));
      case 34 -> keyExchange(name, reader);
      case 35, 36 -> identification(name, type, reader);
      case 37 -> new Payload.Certificate(encoding(name, reader), reader.rest());
      case 38 -> new Payload.CertificateRequest(encoding(name, reader), reader.rest());
      case 39 -> authentication(name, reader);
      case 40 -> nonce(name, reader);
      case 41 -> notification(name, reader);
      case 42 -> deletion(name, reader);
      case 43 -> new Payload.VendorId(body);
      case 44, 45 -> trafficSelectors(name, type, reader);
      case 46 -> new Payload.Encrypted(next, body);
      case 47 -> configuration(name, reader);
      case 48 -> new Payload.Eap(body);
      case 53 -> fragment(name, next, reader);
      default -> new Payload.Unknown(type, (flags & 0x80) != 0, body);
    };
  }

  private static Payload keyExchange(String name, OctetReader reader)
      throws MalformedMessageException {
    TransformId group = TransformId.dh(reader.u16(name + " / group"));
    reader.u16(name + " / reserved");
    return new Payload.KeyExchange(group, reader.rest());
  }

  private static Payload identification(String name, PayloadType type, OctetReader reader)
      throws MalformedMessageException {
    IdType idType = new IdType(reader.u8(name + " / ID type"));
    reader.u24(name + " / reserved");
    return new Payload.Identification(
        type.equals(PayloadType.IDI), new Identity(idType, reader.rest()));
  }

  private static CertificateEncoding encoding(String name, OctetReader reader)
      throws MalformedMessageException {
    return new CertificateEncoding(reader.u8(name + " / encoding"));
  }

  private static Payload authentication(String name, OctetReader reader)
      throws MalformedMessageException {
    AuthMethod method = new AuthMethod(reader.u8(name + " / method"));
    reader.u24(name + " / reserved");
    return new Payload.Authentication(method, reader.rest());
  }

  private static Payload nonce(String name, OctetReader reader) throws MalformedMessageException {
    int size = reader.remaining();
    if (size < 16 || size > 256) {
      throw new MalformedMessageException(name, "has " + size + " octets, must have 16 to 256");
    }
    return new Payload.Nonce(reader.rest());
  }

  private static Payload notification(String name, OctetReader reader)
      throws MalformedMessageException {
    ProtocolId protocol = new ProtocolId(reader.u8(name + " / protocol"));
    int spiSize = reader.u8(name + " / SPI size");
    NotifyType type = new NotifyType(reader.u16(name + " / type"));
    Octets spi = reader.octets(spiSize, name + " / SPI");
    return new Payload.Notify(protocol, spi, type, reader.rest());
  }

  private static Payload deletion(String name, OctetReader reader)
      throws MalformedMessageException {
    ProtocolId protocol = new ProtocolId(reader.u8(name + " / protocol"));
    int spiSize = reader.u8(name + " / SPI size");
    int count = reader.u16(name + " / number of SPIs");
    if (spiSize == 0 && count > 0) {
      throw new MalformedMessageException(name, "lists " + count + " SPIs of no octets");
    }
    List<Octets> spis = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      spis.add(reader.octets(spiSize, name + " / SPI " + (i + 1)));
    }
    reader.expectEnd(name + " / the last SPI");
    return new Payload.Delete(protocol, spiSize, spis);
  }

  private static Payload trafficSelectors(String name, PayloadType type, OctetReader reader)
      throws MalformedMessageException {
    int count = reader.u8(name + " / number of selectors");
    reader.u24(name + " / reserved");
    List<TrafficSelector> selectors = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      selectors.add(TrafficSelector.read(name + " / selector " + i, reader));
    }
    reader.expectEnd(name + " / the last selector");
    return new Payload.TrafficSelectors(type.equals(PayloadType.TSI), selectors);
  }

  private static Payload configuration(String name, OctetReader reader)
      throws MalformedMessageException {
    ConfigurationType type = new ConfigurationType(reader.u8(name + " / CFG type"));
    reader.u24(name + " / reserved");
    List<ConfigurationAttribute> attributes = new ArrayList<>();
    while (reader.hasMore()) {
      attributes.add(ConfigurationAttribute.read(name, reader));
    }
    return new Payload.Configuration(type, attributes);
  }

  private static Payload fragment(String name, PayloadType next, OctetReader reader)
      throws MalformedMessageException {
    int number = reader.u16(name + " / fragment number");
    int total = reader.u16(name + " / total fragments");
    if (number == 0 || number > total) {
      throw new MalformedMessageException(name, "is fragment " + number + " of " + total);
    }
    return new Payload.EncryptedFragment(next, number, total, reader.rest());
  }
}
