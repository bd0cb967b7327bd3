package vpnlab.wire.ike;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/**
 * An IKEv2 message (RFC 7296 section 3.1): what the header says and a chain of payloads. The length
 * and the first payload's type follow from the payloads.
 *
 * @param version 0x20 for IKEv2; minor versions are kept
 * @param flags bits of {@link IkeHeader}
 * @param messageId unsigned 32 bits
 */
public record IkeMessage(
    IkeSpi initiatorSpi,
    IkeSpi responderSpi,
    int version,
    ExchangeType exchange,
    int flags,
    long messageId,
    List<Payload> payloads) {
  public IkeMessage {
    payloads = List.copyOf(payloads);
  }

  /**
   * Decodes a whole message.
   *
   * @throws MalformedMessageException also when the major version is not 2, or the header's length
   *     is not that of {@code octets}
   */
  public static IkeMessage decode(Octets octets) throws MalformedMessageException {
    OctetReader reader = new OctetReader(octets);
    IkeHeader header = IkeHeader.read(reader);
    if (header.majorVersion() != 2) {
      throw new MalformedMessageException("version", "is " + header.majorVersion() + ", must be 2");
    }
    if (header.length() != octets.size()) {
      throw new MalformedMessageException(
          "length", "is " + header.length() + ", but the datagram has " + octets.size());
    }
    return new IkeMessage(
        header.initiatorSpi(),
        header.responderSpi(),
        header.version(),
        header.exchange(),
        header.flags(),
        header.messageId(),
        PayloadChain.decode(header.nextPayload(), reader.rest()));
  }

  public Octets encode() {
    Octets body = PayloadChain.encode(payloads);
    return Octets.concat(header().encode(), body);
  }

  /** The header that this message is sent with. */
  public IkeHeader header() {
    long length = (long) IkeHeader.SIZE + PayloadChain.encode(payloads).size();
    PayloadType first = PayloadChain.firstType(payloads);
    return new IkeHeader(
        initiatorSpi, responderSpi, first, version, exchange, flags, messageId, length);
  }

  public boolean isResponse() {
    return (flags & IkeHeader.RESPONSE) != 0;
  }

  public boolean fromInitiator() {
    return (flags & IkeHeader.INITIATOR) != 0;
  }

  /** The same header with other payloads, e.g. the clear ones in place of SK. */
  public IkeMessage withPayloads(List<Payload> others) {
    return new IkeMessage(initiatorSpi, responderSpi, version, exchange, flags, messageId, others);
  }

  /** All payloads of a kind, in order. */
  public <P extends Payload> List<P> all(Class<P> kind) {
    return PayloadChain.all(payloads, kind);
  }

  /** The first payload of a kind. */
  public <P extends Payload> Optional<P> first(Class<P> kind) {
    return all(kind).stream().findFirst();
  }

  /** The first notification of a type. */
  public Optional<Payload.Notify> notification(NotifyType type) {
    return all(Payload.Notify.class).stream().filter(n -> n.notifyType().equals(type)).findFirst();
  }

  /** One line, e.g. {@code IKE_SA_INIT request 0 [ SA KE Nonce N(COOKIE) ]}. */
  @Override
  public String toString() {
    return exchange
        + (isResponse() ? " response " : " request ")
        + messageId
        + payloads.stream()
            .map(p -> p.meaning().summary())
            .collect(Collectors.joining(" ", " [ ", " ]"));
  }
}
