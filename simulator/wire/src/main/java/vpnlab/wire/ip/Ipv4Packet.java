package vpnlab.wire.ip;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * An IPv4 packet or fragment (RFC 791 section 3.1). The header checksum is computed when encoding
 * and must be right when decoding, so it is no component.
 *
 * @param typeOfService DSCP and ECN (RFC 2474, RFC 3168)
 * @param fragmentOffset in octets, a multiple of 8
 * @param options header options, padded to a multiple of 4 octets
 */
public record Ipv4Packet(
    int typeOfService,
    int identification,
    boolean dontFragment,
    boolean moreFragments,
    int fragmentOffset,
    int timeToLive,
    IpProtocol protocol,
    Ipv4Address source,
    Ipv4Address destination,
    Octets options,
    Octets payload) {
  public static final int HEADER_SIZE = 20;
  public static final int MAX_SIZE = 65_535;

  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;

  public Ipv4Packet {
    if (fragmentOffset % 8 != 0 || fragmentOffset < 0 || fragmentOffset > 0x1fff * 8) {
      throw new IllegalArgumentException("fragment offset " + fragmentOffset);
    }
    if (options.size() % 4 != 0 || options.size() > 40) {
      throw new IllegalArgumentException("options of " + options.size() + " octets");
    }
    if (HEADER_SIZE + options.size() + payload.size() > MAX_SIZE) {
      throw new IllegalArgumentException("packet payload of " + payload.size() + " octets");
    }
  }

  /** A whole packet that may be fragmented, with a time to live of 64 hops. */
  public static Ipv4Packet of(
      int identification,
      IpProtocol protocol,
      Ipv4Address source,
      Ipv4Address destination,
      Octets payload) {
    return new Ipv4Packet(
        0,
        identification,
        false,
        false,
        0,
        64,
        protocol,
        source,
        destination,
        Octets.EMPTY,
        payload);
  }

  public static Ipv4Packet decode(Octets octets) throws MalformedMessageException {
    OctetReader reader = new OctetReader(octets);
    int versionAndLength = reader.u8("IPv4 / version");
    if (versionAndLength >>> 4 != 4) {
      throw new MalformedMessageException("IPv4 / version", "is " + (versionAndLength >>> 4));
    }
    int headerSize = (versionAndLength & 15) * 4;
    if (headerSize < HEADER_SIZE) {
      throw new MalformedMessageException("IPv4 / header length", "is " + headerSize);
    }
    int typeOfService = reader.u8("IPv4 / type of service");
    int totalLength = reader.u16("IPv4 / total length");
    int identification = reader.u16("IPv4 / identification");
    int fragment = reader.u16("IPv4 / flags and fragment offset");
    if ((fragment & 0x8000) != 0) {
      throw new MalformedMessageException("IPv4 / flags", "have the reserved bit set");
    }
    int timeToLive = reader.u8("IPv4 / time to live");
    IpProtocol protocol = new IpProtocol(reader.u8("IPv4 / protocol"));
    reader.u16("IPv4 / header checksum");
    Ipv4Address source = Ipv4Address.read(reader, "IPv4 / source address");
    Ipv4Address destination = Ipv4Address.read(reader, "IPv4 / destination address");
    Octets options = reader.octets(headerSize - HEADER_SIZE, "IPv4 / options");
    if (!InternetChecksum.isIntact(octets.slice(0, headerSize))) {
      throw new MalformedMessageException("IPv4 / header checksum", "is wrong");
    }
    Octets payload = reader.octets(totalLength - headerSize, "IPv4 / payload");
    reader.expectEnd("IPv4 packet");
    return new Ipv4Packet(
        typeOfService,
        identification,
        (fragment & DONT_FRAGMENT) != 0,
        (fragment & MORE_FRAGMENTS) != 0,
        (fragment & 0x1fff) * 8,
        timeToLive,
        protocol,
        source,
        destination,
        options,
        payload);
  }

  public Octets encode() {
    Octets before = header(0);
    Octets header = header(InternetChecksum.of(before));
    return Octets.concat(header, payload);
  }

  /** Octets on the wire. */
  public int size() {
    return headerSize() + payload.size();
  }

  public int headerSize() {
    return HEADER_SIZE + options.size();
  }

  public boolean isFragment() {
    return moreFragments || fragmentOffset > 0;
  }

  /** Such a fragment has no transport header, hence no ports. */
  public boolean isLaterFragment() {
    return fragmentOffset > 0;
  }

  public Ipv4Packet withTimeToLive(int hops) {
    return new Ipv4Packet(
        typeOfService,
        identification,
        dontFragment,
        moreFragments,
        fragmentOffset,
        hops,
        protocol,
        source,
        destination,
        options,
        payload);
  }

  public Ipv4Packet withDontFragment(boolean value) {
    return new Ipv4Packet(
        typeOfService,
        identification,
        value,
        moreFragments,
        fragmentOffset,
        timeToLive,
        protocol,
        source,
        destination,
        options,
        payload);
  }

  /** The same packet with other addresses and payload, as after address translation. */
  public Ipv4Packet readdressed(Ipv4Address from, Ipv4Address to, Octets newPayload) {
    return new Ipv4Packet(
        typeOfService,
        identification,
        dontFragment,
        moreFragments,
        fragmentOffset,
        timeToLive,
        protocol,
        from,
        to,
        options,
        newPayload);
  }

  /** The piece of this packet's payload from {@code from} to {@code to}. */
  Ipv4Packet piece(int from, int to, boolean more) {
    return new Ipv4Packet(
        typeOfService,
        identification,
        dontFragment,
        more,
        fragmentOffset + from,
        timeToLive,
        protocol,
        source,
        destination,
        from == 0 ? options : Octets.EMPTY,
        payload.slice(from, to));
  }

  /** The whole packet whose first fragment this is. */
  Ipv4Packet reassembled(Octets wholePayload) {
    return new Ipv4Packet(
        typeOfService,
        identification,
        dontFragment,
        false,
        0,
        timeToLive,
        protocol,
        source,
        destination,
        options,
        wholePayload);
  }

  private Octets header(int checksum) {
    return new OctetWriter()
        .u8(4 << 4 | headerSize() / 4)
        .u8(typeOfService)
        .u16(size())
        .u16(identification)
        .u16(
            (dontFragment ? DONT_FRAGMENT : 0)
                | (moreFragments ? MORE_FRAGMENTS : 0)
                | fragmentOffset / 8)
        .u8(timeToLive)
        .u8(protocol.number())
        .u16(checksum)
        .octets(source.octets())
        .octets(destination.octets())
        .octets(options)
        .toOctets();
  }

  /** One line, e.g. {@code udp 10.0.0.5 > 203.0.113.10, 48 octets}. */
  @Override
  public String toString() {
    return protocol
        + " "
        + source
        + " > "
        + destination
        + (isFragment() ? ", fragment " + identification + " at " + fragmentOffset : "")
        + (moreFragments ? "+" : "")
        + ", "
        + size()
        + " octets";
  }
}
