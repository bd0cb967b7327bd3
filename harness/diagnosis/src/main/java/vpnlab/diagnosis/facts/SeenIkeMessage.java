package vpnlab.diagnosis.facts;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeDatagram;
import vpnlab.wire.ike.IkeHeader;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/**
 * An IKEv2 message in a capture, as far as everybody can read it: its header, and the payloads of
 * IKE_SA_INIT, which are not encrypted.
 *
 * @param payloads in the clear; empty in later exchanges and when they are malformed
 */
public record SeenIkeMessage(Datagram datagram, IkeHeader header, List<Payload> payloads) {
  public SeenIkeMessage {
    payloads = List.copyOf(payloads);
  }

  /** Empty when the datagram carries no IKEv2 message. */
  static Optional<SeenIkeMessage> parse(Datagram datagram) {
    IkeDatagram content = IkeDatagram.of(datagram.payload());
    if (!content.isIke()) {
      return Optional.empty();
    }
    try {
      IkeHeader header = IkeHeader.decode(content.content());
      boolean ikev2 =
          header.majorVersion() == 2
              && header.length() == content.content().size()
              && !header.initiatorSpi().isZero();
      return ikev2
          ? Optional.of(new SeenIkeMessage(datagram, header, clear(header, content.content())))
          : Optional.empty();
    } catch (MalformedMessageException tooShort) {
      return Optional.empty();
    }
  }

  private static List<Payload> clear(IkeHeader header, Octets message) {
    if (!header.exchange().equals(ExchangeType.IKE_SA_INIT)) {
      return List.of();
    }
    try {
      return IkeMessage.decode(message).payloads();
    } catch (MalformedMessageException damaged) {
      return List.of(); // the header still tells that something was sent
    }
  }

  public IkeSpi initiatorSpi() {
    return header.initiatorSpi();
  }

  public IkeSpi responderSpi() {
    return header.responderSpi();
  }

  public boolean response() {
    return header.isResponse();
  }

  public long messageId() {
    return header.messageId();
  }

  public boolean initExchange() {
    return header.exchange().equals(ExchangeType.IKE_SA_INIT);
  }

  /** An INFORMATIONAL exchange: what peers say to each other once the IKE SA stands. */
  public boolean informational() {
    return header.exchange().equals(ExchangeType.INFORMATIONAL);
  }

  /** The data of every notification of that type. */
  public List<Octets> notifications(NotifyType type) {
    return payloads.stream()
        .filter(Payload.Notify.class::isInstance)
        .map(Payload.Notify.class::cast)
        .filter(notify -> notify.notifyType().equals(type))
        .map(Payload.Notify::data)
        .toList();
  }

  /**
   * The authorities that the sender trusts: SHA-1 hashes of their SubjectPublicKeyInfo (RFC 7296
   * section 3.7).
   */
  public List<Octets> requestedAuthorities() {
    return payloads.stream()
        .filter(Payload.CertificateRequest.class::isInstance)
        .map(Payload.CertificateRequest.class::cast)
        .flatMap(request -> request.keyHashes().stream())
        .toList();
  }

  public String label() {
    return datagram.label();
  }
}
