package vpnlab.wire.ike;

import java.util.List;
import java.util.stream.Collectors;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/** A payload of an IKEv2 message (RFC 7296 section 3.2 and following). */
public sealed interface Payload {
  PayloadType type();

  /** The octets behind the generic payload header. */
  Octets body();

  /** What the payload means: itself, but for {@link AsReceived}. */
  default Payload meaning() {
    return this;
  }

  /** Whether the receiver must refuse the message when it does not know the payload's type. */
  default boolean critical() {
    return false;
  }

  /** A few words for a transcript, e.g. {@code N(COOKIE)}. */
  default String summary() {
    return type().toString();
  }

  /**
   * A payload that came with reserved bits set, so that its octets are not those that its meaning
   * encodes to. Reserved bits mean nothing, but signatures are made over them.
   *
   * @param flags second octet of the generic payload header, critical bit included
   */
  record AsReceived(int flags, Payload meaning, Octets body) implements Payload {
    @Override
    public PayloadType type() {
      return meaning.type();
    }

    @Override
    public boolean critical() {
      return (flags & 0x80) != 0;
    }

    @Override
    public String summary() {
      return meaning.summary();
    }
  }

  /** SA: the suites on offer, or the one chosen (section 3.3). */
  record SecurityAssociation(List<Proposal> proposals) implements Payload {
    public SecurityAssociation {
      proposals = List.copyOf(proposals);
    }

    @Override
    public PayloadType type() {
      return PayloadType.SA;
    }

    @Override
    public Octets body() {
      return Proposal.encodeAll(proposals);
    }
  }

  /** KE: a public Diffie-Hellman value (section 3.4). */
  record KeyExchange(TransformId group, Octets publicValue) implements Payload {
    public KeyExchange {
      if (!group.type().equals(TransformType.DH)) {
        throw new IllegalArgumentException(group + " is no Diffie-Hellman group");
      }
    }

    @Override
    public PayloadType type() {
      return PayloadType.KE;
    }

    @Override
    public Octets body() {
      return new OctetWriter().u16(group.number()).u16(0).octets(publicValue).toOctets();
    }

    @Override
    public String summary() {
      return "KE(" + group + ")";
    }
  }

  /** IDi or IDr (section 3.5). */
  record Identification(boolean ofInitiator, Identity identity) implements Payload {
    @Override
    public PayloadType type() {
      return ofInitiator ? PayloadType.IDI : PayloadType.IDR;
    }

    @Override
    public Octets body() {
      return new OctetWriter().u8(identity.type().code()).u24(0).octets(identity.data()).toOctets();
    }

    @Override
    public String summary() {
      return type() + "(" + identity + ")";
    }
  }

  /** CERT: one certificate (section 3.6). */
  record Certificate(CertificateEncoding encoding, Octets data) implements Payload {
    @Override
    public PayloadType type() {
      return PayloadType.CERT;
    }

    @Override
    public Octets body() {
      return new OctetWriter().u8(encoding.code()).octets(data).toOctets();
    }
  }

  /**
   * CERTREQ (section 3.7).
   *
   * @param authorities for X.509 certificates the SHA-1 hashes of acceptable authorities' public
   *     keys, 20 octets each, one behind the other
   */
  record CertificateRequest(CertificateEncoding encoding, Octets authorities) implements Payload {
    public static CertificateRequest of(List<Octets> keyHashes) {
      return new CertificateRequest(
          CertificateEncoding.X509_SIGNATURE, Octets.concat(keyHashes.toArray(Octets[]::new)));
    }

    /** The hashes; octets left over at the end are not among them. */
    public List<Octets> keyHashes() {
      return java.util.stream.IntStream.range(0, authorities.size() / 20)
          .mapToObj(i -> authorities.slice(20 * i, 20 * i + 20))
          .toList();
    }

    @Override
    public PayloadType type() {
      return PayloadType.CERTREQ;
    }

    @Override
    public Octets body() {
      return new OctetWriter().u8(encoding.code()).octets(authorities).toOctets();
    }
  }

  /** AUTH: the proof of an identity (section 3.8). */
  record Authentication(AuthMethod method, Octets data) implements Payload {
    @Override
    public PayloadType type() {
      return PayloadType.AUTH;
    }

    @Override
    public Octets body() {
      return new OctetWriter().u8(method.code()).u24(0).octets(data).toOctets();
    }

    @Override
    public String summary() {
      return "AUTH(" + method + ")";
    }
  }

  /** Ni or Nr, 16 to 256 octets (section 3.9). */
  record Nonce(Octets nonce) implements Payload {
    @Override
    public PayloadType type() {
      return PayloadType.NONCE;
    }

    @Override
    public Octets body() {
      return nonce;
    }
  }

  /** N: an error or a status (section 3.10). */
  record Notify(ProtocolId protocol, Octets spi, NotifyType notifyType, Octets data)
      implements Payload {
    /** About the IKE SA itself. */
    public static Notify of(NotifyType type, Octets data) {
      return new Notify(ProtocolId.NONE, Octets.EMPTY, type, data);
    }

    public static Notify of(NotifyType type) {
      return of(type, Octets.EMPTY);
    }

    @Override
    public PayloadType type() {
      return PayloadType.NOTIFY;
    }

    @Override
    public Octets body() {
      OctetWriter writer = new OctetWriter();
      writer.u8(protocol.code()).u8(spi.size()).u16(notifyType.code());
      return writer.octets(spi).octets(data).toOctets();
    }

    @Override
    public String summary() {
      return "N(" + notifyType + ")";
    }
  }

  /** D: SAs that the sender has dropped (section 3.11). All SPIs have {@code spiSize} octets. */
  record Delete(ProtocolId protocol, int spiSize, List<Octets> spis) implements Payload {
    public Delete {
      spis = List.copyOf(spis);
    }

    /** The IKE SA that the message runs under. */
    public static Delete ikeSa() {
      return new Delete(ProtocolId.IKE, 0, List.of());
    }

    public static Delete esp(List<Octets> spis) {
      return new Delete(ProtocolId.ESP, 4, spis);
    }

    @Override
    public PayloadType type() {
      return PayloadType.DELETE;
    }

    @Override
    public Octets body() {
      OctetWriter writer = new OctetWriter();
      writer.u8(protocol.code()).u8(spiSize).u16(spis.size());
      spis.forEach(writer::octets);
      return writer.toOctets();
    }

    @Override
    public String summary() {
      return "D(" + protocol + ")";
    }
  }

  /** V: who the sender is (section 3.12). */
  record VendorId(Octets id) implements Payload {
    @Override
    public PayloadType type() {
      return PayloadType.VENDOR_ID;
    }

    @Override
    public Octets body() {
      return id;
    }
  }

  /** TSi or TSr: what may go through the Child SA (section 3.13). */
  record TrafficSelectors(boolean ofInitiator, List<TrafficSelector> selectors) implements Payload {
    public TrafficSelectors {
      selectors = List.copyOf(selectors);
    }

    @Override
    public PayloadType type() {
      return ofInitiator ? PayloadType.TSI : PayloadType.TSR;
    }

    @Override
    public Octets body() {
      OctetWriter writer = new OctetWriter().u8(selectors.size()).u24(0);
      selectors.forEach(s -> s.write(writer));
      return writer.toOctets();
    }

    @Override
    public String summary() {
      return type()
          + selectors.stream()
              .map(TrafficSelector::toString)
              .collect(Collectors.joining(" ", "(", ")"));
    }
  }

  /**
   * SK: the payloads of this message, encrypted (section 3.14). Always the last.
   *
   * @param firstInner type of the first payload inside
   * @param content IV, encrypted octets, integrity check value
   */
  record Encrypted(PayloadType firstInner, Octets content) implements Payload {
    @Override
    public PayloadType type() {
      return PayloadType.SK;
    }

    @Override
    public Octets body() {
      return content;
    }
  }

  /**
   * SKF: one piece of what would be SK's content (RFC 7383 section 2.5). Always the last.
   *
   * @param firstInner type of the first payload inside; NONE but in the first fragment
   * @param number of this fragment, from 1
   * @param total of fragments
   */
  record EncryptedFragment(PayloadType firstInner, int number, int total, Octets content)
      implements Payload {
    @Override
    public PayloadType type() {
      return PayloadType.SKF;
    }

    @Override
    public Octets body() {
      return new OctetWriter().u16(number).u16(total).octets(content).toOctets();
    }

    @Override
    public String summary() {
      return "SKF(" + number + "/" + total + ")";
    }
  }

  /** CP: addresses and servers for the inner network (section 3.15). */
  record Configuration(ConfigurationType cfgType, List<ConfigurationAttribute> attributes)
      implements Payload {
    public Configuration {
      attributes = List.copyOf(attributes);
    }

    @Override
    public PayloadType type() {
      return PayloadType.CP;
    }

    @Override
    public Octets body() {
      OctetWriter writer = new OctetWriter().u8(cfgType.code()).u24(0);
      attributes.forEach(a -> a.write(writer));
      return writer.toOctets();
    }

    @Override
    public String summary() {
      return "CP(" + cfgType + ")";
    }
  }

  /** EAP: one EAP packet (section 3.16). */
  record Eap(Octets message) implements Payload {
    @Override
    public PayloadType type() {
      return PayloadType.EAP;
    }

    @Override
    public Octets body() {
      return message;
    }
  }

  /** A payload of a type that nobody here knows. */
  record Unknown(PayloadType type, boolean critical, Octets body) implements Payload {}
}
