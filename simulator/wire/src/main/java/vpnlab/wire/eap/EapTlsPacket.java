package vpnlab.wire.eap;

import java.util.OptionalLong;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * The type data of EAP-TLS (RFC 5216, section 3.1), PEAP and EAP-TTLS: flags and a piece of a TLS
 * message.
 *
 * @param flags L 0x80, M 0x40, S 0x20; the reserved or version bits below are kept
 * @param messageLength octets of the whole TLS message; present exactly when L is set
 * @param fragment this packet's piece of it
 */
public record EapTlsPacket(int flags, OptionalLong messageLength, Octets fragment) {
  public static final int LENGTH_INCLUDED = 0x80;
  public static final int MORE_FRAGMENTS = 0x40;
  public static final int START = 0x20;

  public EapTlsPacket {
    if (flags < 0 || flags > 255) {
      throw new IllegalArgumentException("EAP-TLS flags " + flags);
    }
    if (messageLength.isPresent() != ((flags & LENGTH_INCLUDED) != 0)) {
      throw new IllegalArgumentException("the L flag and the message length disagree");
    }
  }

  /** The authenticator's first Request. */
  public static EapTlsPacket start() {
    return new EapTlsPacket(START, OptionalLong.empty(), Octets.EMPTY);
  }

  /** "No data": acknowledges a fragment, or the end of the other side's handshake. */
  public static EapTlsPacket acknowledgement() {
    return new EapTlsPacket(0, OptionalLong.empty(), Octets.EMPTY);
  }

  public static EapTlsPacket decode(Octets octets) throws MalformedMessageException {
    OctetReader in = new OctetReader(octets);
    int flags = in.u8("EAP-TLS flags");
    OptionalLong length =
        (flags & LENGTH_INCLUDED) == 0
            ? OptionalLong.empty()
            : OptionalLong.of(in.u32("EAP-TLS message length"));
    return new EapTlsPacket(flags, length, in.rest());
  }

  public Octets encode() {
    OctetWriter out = new OctetWriter().u8(flags);
    messageLength.ifPresent(out::u32);
    return out.octets(fragment).toOctets();
  }

  public boolean moreFragments() {
    return (flags & MORE_FRAGMENTS) != 0;
  }

  public boolean isStart() {
    return (flags & START) != 0;
  }

  /** Neither data nor a flag that announces some. */
  public boolean isAcknowledgement() {
    return (flags & (LENGTH_INCLUDED | MORE_FRAGMENTS | START)) == 0 && fragment.isEmpty();
  }
}
