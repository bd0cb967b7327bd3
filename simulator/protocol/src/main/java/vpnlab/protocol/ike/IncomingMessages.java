package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.PayloadChain;

/** Opens what comes in SK, or in the fragments of SKF, one message at a time. */
final class IncomingMessages {
  private final Reassembly fragments = new Reassembly();

  /** A message as it was before it was encrypted. */
  record Opened(IkeMessage clear, int fragments) {}

  /**
   * Empty when the message is not authentic or not yet complete.
   *
   * @param fragmentation whether the ends have agreed on it
   * @throws MalformedMessageException when an authentic message is not what it should be
   */
  Optional<Opened> open(
      MessageProtection protection, boolean fragmentation, Octets datagram, IkeMessage outer)
      throws MalformedMessageException {
    Payload last = lastPayload(outer).orElse(null);
    Optional<Octets> inner =
        last == null ? Optional.empty() : protection.open(datagram, contentOf(last));
    if (inner.isEmpty()) {
      return Optional.empty();
    }
    if (last instanceof Payload.Encrypted whole) {
      List<Payload> payloads = PayloadChain.decode(whole.firstInner(), inner.get());
      return Optional.of(new Opened(outer.withPayloads(payloads), 1));
    }
    if (!fragmentation || !(last instanceof Payload.EncryptedFragment fragment)) {
      return Optional.empty();
    }
    Optional<Reassembly.Whole> complete = fragments.add(outer.messageId(), fragment, inner.get());
    if (complete.isEmpty()) {
      return Optional.empty();
    }
    List<Payload> payloads = PayloadChain.decode(complete.get().first(), complete.get().inner());
    return Optional.of(new Opened(outer.withPayloads(payloads), complete.get().fragments()));
  }

  /** Whether a message is authentic, and not a later fragment of one. */
  static boolean isAuthenticBeginning(
      MessageProtection protection, Octets datagram, IkeMessage outer) {
    Payload last = lastPayload(outer).orElse(null);
    boolean later = last instanceof Payload.EncryptedFragment f && f.number() > 1;
    return last != null && !later && protection.open(datagram, contentOf(last)).isPresent();
  }

  private static Optional<Payload> lastPayload(IkeMessage outer) {
    return outer.payloads().isEmpty()
        ? Optional.empty()
        : Optional.of(outer.payloads().get(outer.payloads().size() - 1).meaning());
  }

  private static Octets contentOf(Payload last) {
    return last instanceof Payload.EncryptedFragment fragment
        ? fragment.content()
        : last instanceof Payload.Encrypted whole ? whole.content() : Octets.EMPTY;
  }

  void clear() {
    fragments.clear();
  }
}
