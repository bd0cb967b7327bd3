package vpnlab.wire.ip;

import java.util.Random;
import vpnlab.wire.Octets;

/** Seeded packets of every kind, for the property tests. */
final class RandomPackets {
  private final Random random;

  RandomPackets(long seed) {
    random = new Random(seed);
  }

  Octets octets(int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  private Octets words(int most) {
    byte[] bytes = new byte[4 * random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  Ipv4Address address() {
    return new Ipv4Address(random.nextInt());
  }

  Ipv4Packet packet() {
    return new Ipv4Packet(
        below(256),
        below(65_536),
        random.nextBoolean(),
        random.nextBoolean(),
        below(0x2000) * 8,
        below(256),
        new IpProtocol(below(256)),
        address(),
        address(),
        words(10),
        octets(1500));
  }

  UdpDatagram datagram() {
    return new UdpDatagram(below(65_536), below(65_536), below(65_536), octets(1500));
  }

  IcmpMessage icmp() {
    return new IcmpMessage(
        new IcmpKind(below(256), below(256)), random.nextInt() & 0xffffffffL, octets(600));
  }

  TcpSegment segment() {
    return new TcpSegment(
        below(65_536),
        below(65_536),
        random.nextInt() & 0xffffffffL,
        random.nextInt() & 0xffffffffL,
        below(16),
        below(256),
        below(65_536),
        below(65_536),
        below(65_536),
        words(10),
        octets(1500));
  }

  /** Changes, cuts or lengthens an encoding. */
  Octets mutated(Octets octets) {
    byte[] bytes = octets.toArray();
    for (int i = below(4); i >= 0 && bytes.length > 0; i--) {
      bytes[below(bytes.length)] = (byte) random.nextInt();
    }
    return switch (below(3)) {
      case 0 -> Octets.of(bytes, 0, below(bytes.length + 1));
      case 1 -> Octets.concat(Octets.of(bytes), octets(8));
      default -> Octets.of(bytes);
    };
  }
}
