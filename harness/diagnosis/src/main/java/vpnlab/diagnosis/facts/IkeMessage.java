package vpnlab.diagnosis.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/**
 * What everybody can read of an IKEv2 message (RFC 7296 section 3.1): its header, and the payloads
 * of IKE_SA_INIT, which are not encrypted.
 *
 * @param viaNatT whether it came with the non-ESP marker of RFC 3948, i.e. on port 4500
 * @param payloads the payloads in the clear; empty in all exchanges but IKE_SA_INIT
 */
public record IkeMessage(
    Datagram datagram,
    boolean viaNatT,
    Octets initiatorSpi,
    Octets responderSpi,
    int exchangeType,
    boolean response,
    long messageId,
    List<Payload> payloads) {
  static final int IKE_SA_INIT = 34;
  private static final Octets NON_ESP_MARKER = Octets.zeros(4);
  private static final int HEADER_SIZE = 28;

  /** A payload: its type and what follows its generic header. */
  public record Payload(int type, Octets body) {
    static final int CERTIFICATE_REQUEST = 38;
    static final int NOTIFY = 41;
  }

  /** Types of notifications (RFC 7296 section 3.10.1) that rules ask for. */
  public static final class NotifyType {
    public static final int NO_PROPOSAL_CHOSEN = 14;
    public static final int NAT_DETECTION_SOURCE_IP = 16388;
    public static final int NAT_DETECTION_DESTINATION_IP = 16389;

    private NotifyType() {}
  }

  public IkeMessage {
    payloads = List.copyOf(payloads);
  }

  /** Empty when the datagram carries no IKEv2 message. */
  static Optional<IkeMessage> parse(Datagram datagram) {
    boolean viaNatT = datagram.payload().startsWith(NON_ESP_MARKER);
    Octets message = viaNatT ? datagram.payload().from(4) : datagram.payload();
    if (message.size() < HEADER_SIZE) {
      return Optional.empty();
    }
    try {
      return read(datagram, viaNatT, message);
    } catch (MalformedMessageException cutShort) {
      return Optional.empty();
    }
  }

  private static Optional<IkeMessage> read(Datagram datagram, boolean viaNatT, Octets message)
      throws MalformedMessageException {
    OctetReader in = new OctetReader(message);
    Octets initiatorSpi = in.octets(8, "initiator SPI");
    Octets responderSpi = in.octets(8, "responder SPI");
    int nextPayload = in.u8("next payload");
    int version = in.u8("version");
    int exchangeType = in.u8("exchange type");
    int flags = in.u8("flags");
    long messageId = in.u32("message ID");
    long length = in.u32("length");
    if (version >> 4 != 2 || length != message.size() || initiatorSpi.equals(Octets.zeros(8))) {
      return Optional.empty();
    }
    return Optional.of(
        new IkeMessage(
            datagram,
            viaNatT,
            initiatorSpi,
            responderSpi,
            exchangeType,
            (flags & 0x20) != 0,
            messageId,
            exchangeType == IKE_SA_INIT ? chain(nextPayload, in) : List.of()));
  }

  /** As many payloads of the chain as are intact. */
  private static List<Payload> chain(int first, OctetReader in) {
    List<Payload> payloads = new ArrayList<>();
    int type = first;
    try {
      while (type != 0 && in.hasMore()) {
        int next = in.u8("next payload");
        in.u8("critical bit");
        int length = in.u16("payload length");
        payloads.add(new Payload(type, in.octets(length - 4, "payload")));
        type = next;
      }
    } catch (MalformedMessageException damaged) {
      return payloads;
    }
    return payloads;
  }

  public boolean initExchange() {
    return exchangeType == IKE_SA_INIT;
  }

  /** The data of every notification of that type. */
  public List<Octets> notifications(int notifyType) {
    List<Octets> found = new ArrayList<>();
    for (Payload payload : payloads) {
      if (payload.type() != Payload.NOTIFY) {
        continue;
      }
      try {
        OctetReader in = new OctetReader(payload.body());
        in.u8("protocol ID");
        int spiSize = in.u8("SPI size");
        int type = in.u16("notify message type");
        in.octets(spiSize, "SPI");
        if (type == notifyType) {
          found.add(in.rest());
        }
      } catch (MalformedMessageException damaged) {
        continue;
      }
    }
    return found;
  }

  /**
   * The authorities that the sender trusts: SHA-1 hashes of their SubjectPublicKeyInfo (RFC 7296
   * section 3.7).
   */
  public List<Octets> requestedAuthorities() {
    List<Octets> hashes = new ArrayList<>();
    for (Payload payload : payloads) {
      if (payload.type() == Payload.CERTIFICATE_REQUEST) {
        for (int at = 1; at + 20 <= payload.body().size(); at += 20) {
          hashes.add(payload.body().slice(at, at + 20));
        }
      }
    }
    return hashes;
  }

  public String label() {
    return datagram.label();
  }
}
