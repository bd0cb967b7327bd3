package vpnlab.wire.ike;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import vpnlab.wire.Octets;

/** Makes messages of every kind of payload, valid and otherwise arbitrary. */
final class IkeMessageGenerator {
  private final Random random;

  IkeMessageGenerator(long seed) {
    random = new Random(seed);
  }

  IkeMessage message() {
    List<Payload> payloads = list(0, 6, this::payload);
    int ending = random.nextInt(4);
    if (ending == 0) {
      payloads.add(new Payload.Encrypted(type(), octets(0, 80)));
    } else if (ending == 1) {
      int total = 1 + random.nextInt(5);
      payloads.add(
          new Payload.EncryptedFragment(type(), 1 + random.nextInt(total), total, octets(0, 80)));
    }
    return new IkeMessage(
        new IkeSpi(random.nextLong()),
        new IkeSpi(random.nextLong()),
        0x20 | random.nextInt(16),
        new ExchangeType(random.nextInt(256)),
        random.nextInt(256),
        random.nextInt() & 0xffffffffL,
        payloads);
  }

  private Payload payload() {
    return switch (random.nextInt(16)) {
      case 0 -> new Payload.SecurityAssociation(list(1, 3, this::proposal));
      case 1 -> new Payload.KeyExchange(TransformId.dh(u16()), octets(0, 40));
      case 2 ->
          new Payload.Identification(
              random.nextBoolean(), new Identity(new IdType(u8()), octets(0, 30)));
      case 3 -> new Payload.Certificate(new CertificateEncoding(u8()), octets(0, 60));
      case 4 -> new Payload.CertificateRequest(new CertificateEncoding(u8()), octets(0, 60));
      case 5 -> new Payload.Authentication(new AuthMethod(u8()), octets(0, 60));
      case 6 -> new Payload.Nonce(octets(16, 256));
      case 7 ->
          new Payload.Notify(
              new ProtocolId(u8()), octets(0, 9), new NotifyType(u16()), octets(0, 30));
      case 8 -> deletion();
      case 9 -> new Payload.VendorId(octets(0, 30));
      case 10 -> new Payload.TrafficSelectors(random.nextBoolean(), list(0, 4, this::selector));
      case 11 ->
          new Payload.Configuration(
              new ConfigurationType(u8()),
              list(
                  0,
                  4,
                  () ->
                      new ConfigurationAttribute(
                          new ConfigurationAttributeType(random.nextInt(0x8000)), octets(0, 20))));
      case 12 -> new Payload.Eap(octets(0, 60));
      case 13 -> reserved();
      default -> new Payload.Unknown(unknownType(), random.nextBoolean(), octets(0, 40));
    };
  }

  /** As from a sender that sets reserved bits. */
  private Payload reserved() {
    Payload meaning = new Payload.Authentication(new AuthMethod(u8()), octets(0, 9));
    byte[] body = meaning.body().toArray();
    body[1 + random.nextInt(3)] = (byte) (1 + random.nextInt(255));
    return new Payload.AsReceived(u8(), meaning, Octets.of(body));
  }

  private Payload deletion() {
    int size = 1 + random.nextInt(8);
    return new Payload.Delete(new ProtocolId(u8()), size, list(0, 4, () -> octets(size, size)));
  }

  private TrafficSelector selector() {
    return switch (random.nextInt(3)) {
      case 0 -> new TrafficSelector(TrafficSelectorType.TS_IPV4_ADDR_RANGE, u8(), octets(12, 12));
      case 1 -> new TrafficSelector(TrafficSelectorType.TS_IPV6_ADDR_RANGE, u8(), octets(36, 36));
      default ->
          new TrafficSelector(
              new TrafficSelectorType(9 + random.nextInt(200)), u8(), octets(0, 30));
    };
  }

  private Proposal proposal() {
    return new Proposal(u8(), new ProtocolId(u8()), octets(0, 9), list(0, 5, this::transform));
  }

  private Transform transform() {
    return new Transform(
        new TransformId(new TransformType(u8()), u16()),
        list(
            0,
            2,
            () ->
                random.nextBoolean()
                    ? new TransformAttribute(random.nextInt(0x8000), true, octets(2, 2))
                    : new TransformAttribute(random.nextInt(0x8000), false, octets(0, 9))));
  }

  private PayloadType type() {
    return new PayloadType(u8());
  }

  private PayloadType unknownType() {
    return new PayloadType(49 + random.nextInt(4) + (random.nextBoolean() ? 100 : 0));
  }

  private int u8() {
    return random.nextInt(256);
  }

  private int u16() {
    return random.nextInt(65536);
  }

  private Octets octets(int least, int most) {
    byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  private <T> List<T> list(int least, int most, Supplier<? extends T> element) {
    List<T> result = new ArrayList<>();
    int count = least + random.nextInt(most - least + 1);
    for (int i = 0; i < count; i++) {
      result.add(element.get());
    }
    return result;
  }

  /** Some octets changed, cut off, repeated or swapped. */
  Octets mutated(Octets octets) {
    byte[] bytes = octets.toArray();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = java.util.Arrays.copyOf(bytes, at);
        case 3 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
        default -> bytes = Octets.concat(Octets.of(bytes), Octets.of(bytes, at, 1)).toArray();
      }
    }
    return random.nextBoolean() ? withRightLength(bytes) : Octets.of(bytes);
  }

  /** So that a mutation is not stopped at the header already. */
  private static Octets withRightLength(byte[] bytes) {
    if (bytes.length >= IkeHeader.SIZE) {
      bytes[17] = 0x20;
      bytes[24] = 0;
      bytes[25] = 0;
      bytes[26] = (byte) (bytes.length >> 8);
      bytes[27] = (byte) bytes.length;
    }
    return Octets.of(bytes);
  }
}
