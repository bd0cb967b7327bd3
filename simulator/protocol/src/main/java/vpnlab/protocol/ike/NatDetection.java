package vpnlab.protocol.ike;

import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
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

  /**
   * Which ends have a NAT in front of them.
   *
   * @param here the end that asks
   */
  record Found(boolean here, boolean there) {
    static final Found NONE = new Found(false, false);

    boolean between() {
      return here || there;
    }
  }

  /** Whether the peer takes part in NAT detection, and so can do without port 500. */
  static boolean isSupportedBy(IkeMessage message) {
    return message.notification(NotifyType.NAT_DETECTION_SOURCE_IP).isPresent()
        && message.notification(NotifyType.NAT_DETECTION_DESTINATION_IP).isPresent();
  }

  /**
   * Finds out from what a message says and how it came whether addresses changed on its way.
   *
   * @param source as this end saw it
   * @param destination this end's own
   */
  static Found find(IkeMessage message, InetSocketAddress source, InetSocketAddress destination) {
    if (!isSupportedBy(message)) {
      return Found.NONE;
    }
    IkeSpi spiI = message.initiatorSpi();
    IkeSpi spiR = message.responderSpi();
    Octets sourceHash = hash(spiI, spiR, source);
    boolean sourceSeen =
        message.all(Payload.Notify.class).stream()
            .filter(n -> n.notifyType().equals(NotifyType.NAT_DETECTION_SOURCE_IP))
            .anyMatch(n -> n.data().equals(sourceHash));
    boolean destinationSeen =
        seenAs(message).filter(hash(spiI, spiR, destination)::equals).isPresent();
    return new Found(!destinationSeen, !sourceSeen);
  }

  /** The hash of the address that the sender sent to: how it sees the receiver. */
  static Optional<Octets> seenAs(IkeMessage message) {
    return message.notification(NotifyType.NAT_DETECTION_DESTINATION_IP).map(Payload.Notify::data);
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
