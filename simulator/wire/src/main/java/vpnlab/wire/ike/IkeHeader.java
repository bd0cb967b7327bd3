package vpnlab.wire.ike;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * The 28 octets in front of every message (RFC 7296 section 3.1). IKEv1 has the same layout, so any
 * version decodes.
 *
 * @param version major version in the upper four bits, minor in the lower
 * @param flags see the constants; other bits are kept
 * @param messageId unsigned 32 bits
 * @param length octets of the whole message, header included
 */
public record IkeHeader(
    IkeSpi initiatorSpi,
    IkeSpi responderSpi,
    PayloadType nextPayload,
    int version,
    ExchangeType exchange,
    int flags,
    long messageId,
    long length) {
  public static final int SIZE = 28;

  public static final int VERSION_2_0 = 0x20;

  /** Set in all messages of the original initiator of the IKE SA. */
  public static final int INITIATOR = 0x08;

  /** Set when the sender could speak a higher major version. */
  public static final int HIGHER_VERSION = 0x10;

  /** Set in every response. */
  public static final int RESPONSE = 0x20;

  public static IkeHeader decode(Octets octets) throws MalformedMessageException {
    return read(new OctetReader(octets));
  }

  static IkeHeader read(OctetReader reader) throws MalformedMessageException {
    return new IkeHeader(
        new IkeSpi(reader.u64("initiator SPI")),
        new IkeSpi(reader.u64("responder SPI")),
        new PayloadType(reader.u8("next payload")),
        reader.u8("version"),
        new ExchangeType(reader.u8("exchange type")),
        reader.u8("flags"),
        reader.u32("message ID"),
        reader.u32("length"));
  }

  public Octets encode() {
    OctetWriter writer = new OctetWriter();
    writer.u64(initiatorSpi.value()).u64(responderSpi.value());
    writer.u8(nextPayload.code()).u8(version).u8(exchange.code()).u8(flags);
    return writer.u32(messageId).u32(length).toOctets();
  }

  public int majorVersion() {
    return version >> 4;
  }

  public boolean isResponse() {
    return (flags & RESPONSE) != 0;
  }

  /** Whether the original initiator of the IKE SA sent this. */
  public boolean fromInitiator() {
    return (flags & INITIATOR) != 0;
  }
}
