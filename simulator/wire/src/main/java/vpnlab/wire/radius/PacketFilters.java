package vpnlab.wire.radius;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * The IPv4 packet filters of a network policy, as MS-Filter (vendor 311, type 22) carries them: an
 * information block with a table of contents (MS-RNAP, sections 2.2.1.3 and 2.2.1.15; MS-RRASM,
 * sections 2.2.1.2.3 to 2.2.1.2.6). All is in network order but two numbers of a filter, its
 * protocol and what may be bound late, which MS-RRASM 2.2.1.2.6 wants little-endian. That is what
 * the specifications say; no attribute of a real NPS was at hand.
 *
 * @param input judges what comes from the client
 * @param output judges what goes to it
 */
public record PacketFilters(Optional<Direction> input, Optional<Direction> output) {
  private static final long IP_IN_FILTER_INFO = 0xffff0001L;
  private static final long IP_OUT_FILTER_INFO = 0xffff0002L;
  private static final int BLOCK_HEADER = 12;
  private static final int TOC_ENTRY = 16;
  private static final int DESCRIPTOR = 12;
  private static final int FILTER = 28;
  private static final int MOST_PER_ATTRIBUTE = 247;

  /**
   * The filters of one direction.
   *
   * @param dropsOthers whether packets that no filter matches are dropped; else those that one
   *     matches are
   */
  public record Direction(boolean dropsOthers, List<Filter> filters) {
    public Direction {
      filters = List.copyOf(filters);
    }
  }

  /**
   * One filter. Zero means any, in addresses (with a mask of zero), protocol and ports.
   *
   * @param source 4 octets; so are the masks and the destination
   * @param protocol the number in the IP header
   * @param sourcePort of TCP and UDP; with ICMP the type
   * @param destinationPort of TCP and UDP; with ICMP the code
   */
  public record Filter(
      Octets source,
      Octets sourceMask,
      Octets destination,
      Octets destinationMask,
      int protocol,
      int sourcePort,
      int destinationPort) {
    public Filter {
      for (Octets address : List.of(source, sourceMask, destination, destinationMask)) {
        if (address.size() != 4) {
          throw new IllegalArgumentException("an IPv4 address has 4 octets");
        }
      }
    }
  }

  public static PacketFilters decode(Octets block) throws MalformedMessageException {
    OctetReader in = new OctetReader(block);
    in.u32("MS-Filter version");
    in.u32("MS-Filter size");
    long entries = in.u32("MS-Filter number of entries");
    Optional<Direction> input = Optional.empty();
    Optional<Direction> output = Optional.empty();
    for (long i = 0; i < entries; i++) {
      long type = in.u32("MS-Filter entry type");
      long size = in.u32("MS-Filter entry size");
      in.u32("MS-Filter entry count");
      long offset = in.u32("MS-Filter entry offset");
      if (offset > block.size() || size > block.size() - offset) {
        throw new MalformedMessageException("MS-Filter entry", "lies outside the block");
      }
      Octets content = block.slice((int) offset, (int) (offset + size));
      if (type == IP_IN_FILTER_INFO) {
        input = Optional.of(direction(content));
      } else if (type == IP_OUT_FILTER_INFO) {
        output = Optional.of(direction(content));
      }
    }
    return new PacketFilters(input, output);
  }

  /** What the MS-Filter attributes of a packet say together; empty when it has none. */
  public static Optional<PacketFilters> of(RadiusPacket packet) throws MalformedMessageException {
    return of(packet.attributes());
  }

  /** The same of a list of attributes. */
  public static Optional<PacketFilters> of(List<RadiusAttribute> attributes)
      throws MalformedMessageException {
    List<Octets> parts = new ArrayList<>();
    for (RadiusAttribute attribute : attributes) {
      if (attribute.type().equals(RadiusAttributeType.VENDOR_SPECIFIC)) {
        for (VendorAttribute each : VendorAttribute.decode(attribute)) {
          if (each.vendor() == VendorAttribute.MICROSOFT
              && each.type() == VendorAttribute.MS_FILTER) {
            parts.add(each.value());
          }
        }
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(decode(Octets.concat(parts.toArray(Octets[]::new))));
  }

  private static Direction direction(Octets content) throws MalformedMessageException {
    OctetReader in = new OctetReader(content);
    in.u32("FILTER_DESCRIPTOR version");
    long count = in.u32("FILTER_DESCRIPTOR number of filters");
    long action = in.u32("FILTER_DESCRIPTOR default action");
    if (action > 1) {
      throw new MalformedMessageException("FILTER_DESCRIPTOR default action", "is " + action);
    }
    List<Filter> filters = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      Octets source = in.octets(4, "FILTER_INFO source");
      Octets sourceMask = in.octets(4, "FILTER_INFO source mask");
      Octets destination = in.octets(4, "FILTER_INFO destination");
      Octets destinationMask = in.octets(4, "FILTER_INFO destination mask");
      long protocol = littleEndian(in, "FILTER_INFO protocol");
      if (protocol > 255) {
        throw new MalformedMessageException("FILTER_INFO protocol", "is " + protocol);
      }
      littleEndian(in, "FILTER_INFO late bound");
      int sourcePort = in.u16("FILTER_INFO source port");
      int destinationPort = in.u16("FILTER_INFO destination port");
      filters.add(
          new Filter(
              source,
              sourceMask,
              destination,
              destinationMask,
              (int) protocol,
              sourcePort,
              destinationPort));
    }
    return new Direction(action == 1, filters);
  }

  public Octets encode() {
    List<Octets> contents = new ArrayList<>();
    List<Long> types = new ArrayList<>();
    input.ifPresent(
        filters -> {
          types.add(IP_IN_FILTER_INFO);
          contents.add(encode(filters));
        });
    output.ifPresent(
        filters -> {
          types.add(IP_OUT_FILTER_INFO);
          contents.add(encode(filters));
        });
    int offset = BLOCK_HEADER + types.size() * TOC_ENTRY;
    int size = offset + contents.stream().mapToInt(Octets::size).sum();
    OctetWriter out = new OctetWriter();
    out.u32(1).u32(size).u32(types.size());
    for (int i = 0; i < types.size(); i++) {
      out.u32(types.get(i)).u32(contents.get(i).size()).u32(1).u32(offset);
      offset += contents.get(i).size();
    }
    contents.forEach(out::octets);
    return out.toOctets();
  }

  /** As many MS-Filter attributes as it takes; their order matters. */
  public List<RadiusAttribute> toAttributes() {
    Octets block = encode();
    List<RadiusAttribute> attributes = new ArrayList<>();
    for (int at = 0; at < block.size(); at += MOST_PER_ATTRIBUTE) {
      Octets part = block.slice(at, Math.min(block.size(), at + MOST_PER_ATTRIBUTE));
      attributes.add(VendorAttribute.microsoft(VendorAttribute.MS_FILTER, part).toAttribute());
    }
    return attributes;
  }

  private static Octets encode(Direction direction) {
    OctetWriter out = new OctetWriter();
    out.u32(1).u32(direction.filters().size()).u32(direction.dropsOthers() ? 1 : 0);
    for (Filter filter : direction.filters()) {
      out.octets(filter.source()).octets(filter.sourceMask());
      out.octets(filter.destination()).octets(filter.destinationMask());
      littleEndian(out, filter.protocol());
      littleEndian(out, 0);
      out.u16(filter.sourcePort()).u16(filter.destinationPort());
    }
    assert out.size() == DESCRIPTOR + FILTER * direction.filters().size();
    return out.toOctets();
  }

  private static void littleEndian(OctetWriter out, long value) {
    out.u32(Integer.toUnsignedLong(Integer.reverseBytes((int) value)));
  }

  private static long littleEndian(OctetReader in, String field) throws MalformedMessageException {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) in.u32(field)));
  }
}
