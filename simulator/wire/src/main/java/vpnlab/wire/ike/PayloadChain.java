package vpnlab.wire.ike;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/** Payloads that name each their successor's type (RFC 7296 section 3.2). */
public final class PayloadChain {
  private static final int CRITICAL = 0x80;

  private PayloadChain() {}

  /**
   * Decodes payloads until one names no successor.
   *
   * @param first type of the first payload, from the message's or the encrypted payload's header
   */
  public static List<Payload> decode(PayloadType first, Octets octets)
      throws MalformedMessageException {
    OctetReader reader = new OctetReader(octets);
    List<Payload> payloads = new ArrayList<>();
    PayloadType type = first;
    while (!type.equals(PayloadType.NONE)) {
      String name = "payload " + (payloads.size() + 1) + " (" + type + ")";
      PayloadType next = new PayloadType(reader.u8(name + " / next payload"));
      int flags = reader.u8(name + " / flags");
      int length = reader.u16(name + " / length");
      if (length < 4) {
        throw new MalformedMessageException(name + " / length", "is " + length + ", less than 4");
      }
      Octets body = reader.octets(length - 4, name + " / body");
      payloads.add(asReceived(PayloadBody.decode(name, type, next, flags, body), flags, body));
      boolean last = type.equals(PayloadType.SK) || type.equals(PayloadType.SKF);
      type = last ? PayloadType.NONE : next;
    }
    reader.expectEnd("the last payload");
    return List.copyOf(payloads);
  }

  private static Payload asReceived(Payload payload, int flags, Octets body) {
    int expectedFlags = payload.critical() ? CRITICAL : 0;
    boolean same = flags == expectedFlags && payload.body().equals(body);
    return same ? payload : new Payload.AsReceived(flags, payload, body);
  }

  public static Octets encode(List<Payload> payloads) {
    OctetWriter writer = new OctetWriter();
    for (int i = 0; i < payloads.size(); i++) {
      Payload payload = payloads.get(i);
      Octets body = payload.body();
      writer.u8(next(payloads, i).code()).u8(flags(payload)).u16(4 + body.size()).octets(body);
    }
    return writer.toOctets();
  }

  private static PayloadType next(List<Payload> payloads, int i) {
    Payload payload = payloads.get(i).meaning();
    boolean last = i == payloads.size() - 1;
    if (payload instanceof Payload.Encrypted || payload instanceof Payload.EncryptedFragment) {
      if (!last) {
        throw new IllegalArgumentException(payload.type() + " must be the last payload");
      }
      return payload instanceof Payload.Encrypted sk
          ? sk.firstInner()
          : ((Payload.EncryptedFragment) payload).firstInner();
    }
    return last ? PayloadType.NONE : payloads.get(i + 1).type();
  }

  private static int flags(Payload payload) {
    if (payload instanceof Payload.AsReceived received) {
      return received.flags();
    }
    return payload.critical() ? CRITICAL : 0;
  }

  /** What the header in front of these payloads names. */
  public static PayloadType firstType(List<Payload> payloads) {
    return payloads.isEmpty() ? PayloadType.NONE : payloads.get(0).type();
  }

  /** All payloads of a kind, in order. */
  public static <P extends Payload> List<P> all(List<Payload> payloads, Class<P> kind) {
    return payloads.stream()
        .map(Payload::meaning)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
