package vpnlab.wire.esp;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IpProtocol;

/**
 * What an ESP packet carries in the clear: the payload data and the trailer behind it (RFC 4303
 * sections 2.3 to 2.6).
 *
 * @param data in tunnel mode a whole IP packet
 * @param padding at most 255 octets
 * @param nextHeader 4 (IPv4) in tunnel mode, 59 for a dummy packet
 */
public record EspPayload(Octets data, Octets padding, IpProtocol nextHeader) {
  /** IPv4 in tunnel mode. */
  public static final IpProtocol IPV4 = new IpProtocol(4);

  /** A dummy packet, to be discarded without a word (RFC 4303 section 2.6). */
  public static final IpProtocol NO_NEXT_HEADER = new IpProtocol(59);

  /** Pad length and next header end on a multiple of this, whatever the cipher (section 2.4). */
  private static final int ALIGNMENT = 4;

  private static final int TRAILER_SIZE = 2;

  public EspPayload {
    if (padding.size() > 255) {
      throw new IllegalArgumentException("padding of " + padding.size() + " octets");
    }
  }

  /**
   * Adds the padding that RFC 4303 section 2.4 prescribes: 1, 2, 3 and so on, as few octets as make
   * the whole a multiple of the cipher's block and of 4 octets.
   *
   * @param blockSize of the cipher in octets; 1 for none
   */
  public static EspPayload padded(Octets data, IpProtocol nextHeader, int blockSize) {
    int multiple = Math.max(blockSize, ALIGNMENT);
    int count = Math.floorMod(-(data.size() + TRAILER_SIZE), multiple);
    return new EspPayload(data, expectedPadding(count), nextHeader);
  }

  public static EspPayload decode(Octets octets) throws MalformedMessageException {
    if (octets.size() < TRAILER_SIZE) {
      throw new MalformedMessageException("ESP / trailer", "needs 2 octets");
    }
    int padLength = octets.at(octets.size() - TRAILER_SIZE);
    OctetReader reader = new OctetReader(octets);
    Octets data = reader.octets(octets.size() - TRAILER_SIZE - padLength, "ESP / payload data");
    Octets padding = reader.octets(padLength, "ESP / padding");
    reader.u8("ESP / pad length");
    return new EspPayload(data, padding, new IpProtocol(reader.u8("ESP / next header")));
  }

  public Octets encode() {
    return new OctetWriter()
        .octets(data)
        .octets(padding)
        .u8(padding.size())
        .u8(nextHeader.number())
        .toOctets();
  }

  /** Whether the padding is 1, 2, 3 and so on, which a receiver should look at (section 2.4). */
  public boolean isPaddingAsPrescribed() {
    return padding.equals(expectedPadding(padding.size()));
  }

  private static Octets expectedPadding(int count) {
    byte[] padding = new byte[count];
    for (int i = 0; i < count; i++) {
      padding[i] = (byte) (i + 1);
    }
    return Octets.of(padding);
  }
}
