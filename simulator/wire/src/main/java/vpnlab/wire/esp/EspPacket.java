package vpnlab.wire.esp;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * An ESP packet as it is on the wire (RFC 4303 section 2), without the IP or UDP header before it.
 *
 * @param spi unsigned 32 bits; 0 is for local use and never on the wire (section 2.1)
 * @param sequence unsigned 32 bits; with extended sequence numbers the lower half
 * @param secured the initialization vector, what is encrypted, and the integrity check value: only
 *     the SA tells where one ends and the next begins
 */
public record EspPacket(long spi, long sequence, Octets secured) {
  public static final int HEADER_SIZE = 8;

  public EspPacket {
    if (spi < 1 || spi > 0xffffffffL) {
      throw new IllegalArgumentException("SPI " + spi);
    }
    if (sequence < 0 || sequence > 0xffffffffL) {
      throw new IllegalArgumentException("sequence number " + sequence);
    }
  }

  public static EspPacket decode(Octets octets) throws MalformedMessageException {
    OctetReader reader = new OctetReader(octets);
    long spi = reader.u32("ESP / SPI");
    if (spi == 0) {
      throw new MalformedMessageException("ESP / SPI", "is 0");
    }
    return new EspPacket(spi, reader.u32("ESP / sequence number"), reader.rest());
  }

  public Octets encode() {
    return Octets.concat(header(), secured);
  }

  /** SPI and sequence number, which integrity covers but encryption does not. */
  public Octets header() {
    return new OctetWriter().u32(spi).u32(sequence).toOctets();
  }

  /** One line, e.g. {@code ESP 0xc0ffee01 #17, 120 octets}. */
  @Override
  public String toString() {
    return String.format("ESP 0x%08x #%d, %d octets", spi, sequence, HEADER_SIZE + secured.size());
  }
}
