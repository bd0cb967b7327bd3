package vpnlab.diagnosis;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/** Builds IPv4 packets for tests; checksums are left at zero, as captures often have them. */
final class Packets {
  static final Octets SPI = Octets.ofHex("1122334455667788");
  static final Octets SERVER_SPI = Octets.ofHex("99aabbccddeeff00");
  private static int identification = 1;

  private Packets() {}

  static Octets udp(String from, int fromPort, String to, int toPort, Octets payload) {
    return ip(17, from, to, 0, 0, udpHeader(fromPort, toPort, payload));
  }

  /** The same datagram in fragments of at most {@code size} octets of payload. */
  static List<Octets> fragments(
      String from, int fromPort, String to, int toPort, Octets payload, int size) {
    Octets datagram = udpHeader(fromPort, toPort, payload);
    int id = ++identification;
    List<Octets> fragments = new ArrayList<>();
    for (int at = 0; at < datagram.size(); at += size) {
      int end = Math.min(datagram.size(), at + size);
      int more = end < datagram.size() ? 0x2000 : 0;
      fragments.add(ip(17, from, to, id, more | at / 8, datagram.slice(at, end)));
    }
    return fragments;
  }

  private static Octets udpHeader(int fromPort, int toPort, Octets payload) {
    return new OctetWriter()
        .u16(fromPort)
        .u16(toPort)
        .u16(payload.size() + 8)
        .u16(0)
        .octets(payload)
        .toOctets();
  }

  static Octets plain(int protocol, String from, String to, Octets payload) {
    return ip(protocol, from, to, 0, 0, payload);
  }

  /** ICMP destination unreachable about a packet that {@code from} got. */
  static Octets unreachable(String from, int code, Octets about) {
    String to = address(about, 12);
    Octets icmp = new OctetWriter().u8(3).u8(code).zeros(6).octets(about.slice(0, 28)).toOctets();
    return ip(1, from, to, 0, 0, icmp);
  }

  private static String address(Octets ip, int at) {
    return ip.at(at) + "." + ip.at(at + 1) + "." + ip.at(at + 2) + "." + ip.at(at + 3);
  }

  private static Octets ip(
      int protocol, String from, String to, int id, int flagsAndOffset, Octets payload) {
    OctetWriter out =
        new OctetWriter()
            .u8(0x45)
            .u8(0)
            .u16(20 + payload.size())
            .u16(id)
            .u16(flagsAndOffset)
            .u8(64)
            .u8(protocol)
            .u16(0);
    return address(address(out, from), to).octets(payload).toOctets();
  }

  private static OctetWriter address(OctetWriter out, String address) {
    for (String part : address.split("\\.")) {
      out.u8(Integer.parseInt(part));
    }
    return out;
  }

  /** An IKE message; {@code payloads} as type and body in turn. */
  static Octets ike(int exchange, boolean response, int messageId, Payload... payloads) {
    OctetWriter body = new OctetWriter();
    for (int i = 0; i < payloads.length; i++) {
      int next = i + 1 < payloads.length ? payloads[i + 1].type : 0;
      body.u8(next).u8(0).u16(payloads[i].body.size() + 4).octets(payloads[i].body);
    }
    boolean first = exchange == 34 && !response;
    return new OctetWriter()
        .octets(SPI)
        .octets(first ? Octets.zeros(8) : SERVER_SPI)
        .u8(payloads.length == 0 ? 0 : payloads[0].type)
        .u8(0x20)
        .u8(exchange)
        .u8(response ? 0x20 : 0x08)
        .u32(messageId)
        .u32(28 + body.size())
        .octets(body.toOctets())
        .toOctets();
  }

  record Payload(int type, Octets body) {}

  static Payload notify(int type, Octets data) {
    return new Payload(41, new OctetWriter().u8(0).u8(0).u16(type).octets(data).toOctets());
  }

  static Payload certificateRequest(TestCertificate... authorities) {
    OctetWriter out = new OctetWriter().u8(4);
    for (TestCertificate authority : authorities) {
      out.octets(authority.publicKeyHash());
    }
    return new Payload(38, out.toOctets());
  }

  /** An encrypted payload of {@code size} octets. */
  static Payload encrypted(int size) {
    return new Payload(46, Octets.zeros(size));
  }

  static Octets withNonEspMarker(Octets ike) {
    return Octets.concat(Octets.zeros(4), ike);
  }

  static Octets radius(int code, int size) {
    return new OctetWriter().u8(code).u8(7).u16(size).zeros(size - 4).toOctets();
  }

  static Octets sha1(Octets octets) {
    try {
      return Octets.of(MessageDigest.getInstance("SHA-1").digest(octets.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static Octets natHash(Octets responderSpi, String address, int port) {
    OctetWriter out = new OctetWriter().octets(SPI).octets(responderSpi);
    return sha1(address(out, address).u16(port).toOctets());
  }
}
