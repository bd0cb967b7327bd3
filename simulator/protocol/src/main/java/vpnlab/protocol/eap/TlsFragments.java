package vpnlab.protocol.eap;

import java.util.OptionalLong;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapTlsPacket;

/**
 * Cuts TLS messages into EAP-TLS fragments, and puts the other side's together (RFC 5216, 2.1.5).
 */
final class TlsFragments {
  /** A TLS flight with a long chain has some 10,000 octets; more than this is an attack. */
  private static final int MAX_MESSAGE = 65536;

  private final int maxFragment;
  private Octets outgoing = Octets.EMPTY;
  private Octets incoming = Octets.EMPTY;
  private OptionalLong announced = OptionalLong.empty();
  private boolean collecting;

  TlsFragments(int maxFragment) {
    this.maxFragment = maxFragment;
  }

  /** The first fragment of {@code message}; {@link #next} has the others. */
  Octets first(Octets message) {
    outgoing = message;
    return message.size() > maxFragment
        ? cut(EapTlsPacket.LENGTH_INCLUDED, OptionalLong.of(message.size()))
        : next();
  }

  /**
   * The same, with the length of the message even when it fits into one packet: Windows' PEAP
   * always says it in phase 1, and NPS misreads a ClientHello without.
   */
  Octets firstWithLength(Octets message) {
    outgoing = message;
    return cut(EapTlsPacket.LENGTH_INCLUDED, OptionalLong.of(message.size()));
  }

  /** Whether fragments wait for the other side's acknowledgement. */
  boolean hasNext() {
    return !outgoing.isEmpty();
  }

  Octets next() {
    return cut(0, OptionalLong.empty());
  }

  private Octets cut(int flags, OptionalLong length) {
    int size = Math.min(maxFragment, outgoing.size());
    Octets fragment = outgoing.slice(0, size);
    outgoing = outgoing.from(size);
    int more = outgoing.isEmpty() ? 0 : EapTlsPacket.MORE_FRAGMENTS;
    return new EapTlsPacket(flags | more, length, fragment).encode();
  }

  /**
   * Takes a fragment. Once {@link #isCollecting} is false again, {@link #takeMessage} has the
   * whole.
   */
  void accept(EapTlsPacket packet) throws MalformedMessageException {
    if (!collecting) {
      announced = packet.messageLength();
    }
    incoming = Octets.concat(incoming, packet.fragment());
    long limit = Math.min(MAX_MESSAGE, announced.orElse(MAX_MESSAGE));
    if (incoming.size() > limit) {
      throw new MalformedMessageException(
          "EAP-TLS message",
          "has " + incoming.size() + " octets, announced or allowed are " + limit);
    }
    if (packet.moreFragments() && packet.fragment().isEmpty()) {
      throw new MalformedMessageException("EAP-TLS fragment", "is empty, but announces more");
    }
    collecting = packet.moreFragments();
    if (!collecting && announced.isPresent() && announced.getAsLong() != incoming.size()) {
      throw new MalformedMessageException(
          "EAP-TLS message",
          "has " + incoming.size() + " octets, announced were " + announced.getAsLong());
    }
  }

  boolean isCollecting() {
    return collecting;
  }

  Octets takeMessage() {
    Octets message = incoming;
    incoming = Octets.EMPTY;
    announced = OptionalLong.empty();
    return message;
  }
}
