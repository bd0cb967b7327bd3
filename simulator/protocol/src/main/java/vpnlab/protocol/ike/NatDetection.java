package vpnlab.protocol.ike;

import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/** Finds out whether a NAT stands between the ends (RFC 7296 section 2.23). */
final class NatDetection {
  private NatDetection() {}

  /** The two notifications of a message from {@code source} to {@code destination}. */
  static List<Payload> notifications(
      IkeSpi spiI, IkeSpi spiR, InetSocketAddress source, InetSocketAddress destination) {
    return List.of(
        Payload.Notify.of(NotifyType.NAT_DETECTION_SOURCE_IP, hash(spiI, spiR, source)),
        Payload.Notify.of(NotifyType.NAT_DETECTION_DESTINATION_IP, hash(spiI, spiR, destination)));
  }

  /** Whether the peer takes part in NAT detection, and so can do without port 500. */
  static boolean isSupportedBy(IkeMessage message) {
    return message.notification(NotifyType.NAT_DETECTION_SOURCE_IP).isPresent()
        && message.notification(NotifyType.NAT_DETECTION_DESTINATION_IP).isPresent();
  }

  /**
   * Whether the addresses changed on the way of a message.
   *
   * @param source as this end saw it
   * @param destination this end's own
   */
  static boolean isNatBetween(
      IkeMessage message, InetSocketAddress source, InetSocketAddress destination) {
    IkeSpi spiI = message.initiatorSpi();
    IkeSpi spiR = message.responderSpi();
    Octets sourceHash = hash(spiI, spiR, source);
    boolean sourceSeen =
        message.all(Payload.Notify.class).stream()
            .filter(n -> n.notifyType().equals(NotifyType.NAT_DETECTION_SOURCE_IP))
            .anyMatch(n -> n.data().equals(sourceHash));
    boolean destinationSeen =
        message
            .notification(NotifyType.NAT_DETECTION_DESTINATION_IP)
            .filter(n -> n.data().equals(hash(spiI, spiR, destination)))
            .isPresent();
    return isSupportedBy(message) && !(sourceSeen && destinationSeen);
  }

  private static Octets hash(IkeSpi spiI, IkeSpi spiR, InetSocketAddress address) {
    OctetWriter writer = new OctetWriter();
    writer.u64(spiI.value()).u64(spiR.value());
    writer.octets(Octets.of(address.getAddress().getAddress())).u16(address.getPort());
    return digest("SHA-1", writer.toOctets());
  }

  static Octets digest(String algorithm, Octets octets) {
    try {
      return Octets.of(MessageDigest.getInstance(algorithm).digest(octets.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK must know " + algorithm, e);
    }
  }
}
