package vpnlab.protocol.ike;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/** What the notifications of MOBIKE carry (RFC 4555 section 4). */
final class MobikeNotifications {
  private MobikeNotifications() {}

  static boolean isOffered(IkeMessage message) {
    return message.notification(NotifyType.MOBIKE_SUPPORTED).isPresent();
  }

  /** For the message that has the SA payload: MOBIKE, and all other addresses of this end. */
  static List<Payload> offer(List<InetAddress> additional) {
    List<Payload> payloads = new ArrayList<>();
    payloads.add(Payload.Notify.of(NotifyType.MOBIKE_SUPPORTED));
    payloads.addAll(additional(additional));
    return payloads;
  }

  /** The same of a responder, which need not say that it has no other addresses. */
  static List<Payload> answer(List<InetAddress> additional) {
    return additional.isEmpty()
        ? List.of(Payload.Notify.of(NotifyType.MOBIKE_SUPPORTED))
        : offer(additional);
  }

  /** The whole list (section 4.2.2), or that there is none (4.2.3). */
  static List<Payload> additional(List<InetAddress> addresses) {
    if (addresses.isEmpty()) {
      return List.of(Payload.Notify.of(NotifyType.NO_ADDITIONAL_ADDRESSES));
    }
    return addresses.stream()
        .<Payload>map(
            address ->
                Payload.Notify.of(
                    address.getAddress().length == 4
                        ? NotifyType.ADDITIONAL_IP4_ADDRESS
                        : NotifyType.ADDITIONAL_IP6_ADDRESS,
                    Octets.of(address.getAddress())))
        .toList();
  }

  /**
   * The peer's whole list; nothing when the message does not speak of it. Addresses of a wrong
   * length are passed over.
   */
  static Optional<List<InetAddress>> additionalOf(IkeMessage message) {
    List<InetAddress> addresses = new ArrayList<>();
    boolean spoken = message.notification(NotifyType.NO_ADDITIONAL_ADDRESSES).isPresent();
    for (Payload.Notify notify : message.all(Payload.Notify.class)) {
      boolean v4 = notify.notifyType().equals(NotifyType.ADDITIONAL_IP4_ADDRESS);
      boolean v6 = notify.notifyType().equals(NotifyType.ADDITIONAL_IP6_ADDRESS);
      if (v4 || v6) {
        spoken = true;
        if (notify.data().size() == (v4 ? 4 : 16)) {
          addresses.add(address(notify.data()));
        }
      }
    }
    return spoken ? Optional.of(addresses) : Optional.empty();
  }

  private static InetAddress address(Octets octets) {
    try {
      return InetAddress.getByAddress(octets.toArray());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are an address", e);
    }
  }

  /** The addresses and ports that the sender means to use (section 4.2.5). */
  static Payload.Notify noNatsAllowed(Path path) {
    return Payload.Notify.of(
        NotifyType.NO_NATS_ALLOWED, noNatsAllowed(path.local(), path.remote()));
  }

  private static Octets noNatsAllowed(InetSocketAddress source, InetSocketAddress destination) {
    return new OctetWriter()
        .octets(Octets.of(source.getAddress().getAddress()))
        .octets(Octets.of(destination.getAddress().getAddress()))
        .u16(source.getPort())
        .u16(destination.getPort())
        .toOctets();
  }

  /** Whether a peer that allows no NAT sent a message that came through one (section 3.9). */
  static boolean isTranslated(IkeMessage request, Path from) {
    Octets came = noNatsAllowed(from.remote(), from.local());
    return request
        .notification(NotifyType.NO_NATS_ALLOWED)
        .filter(notify -> !notify.data().equals(came))
        .isPresent();
  }

  /** COOKIE2 goes back as it came (section 4.2.4). */
  static List<Payload> echo(IkeMessage request) {
    return request.notification(NotifyType.COOKIE2).<List<Payload>>map(List::of).orElse(List.of());
  }
}
