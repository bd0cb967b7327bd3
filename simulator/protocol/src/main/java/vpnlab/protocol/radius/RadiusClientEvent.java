package vpnlab.protocol.radius;

import java.net.InetSocketAddress;
import java.util.Optional;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusPacket;

/** What a {@link RadiusClient} tells its owner. */
public sealed interface RadiusClientEvent extends ProtocolEvent {
  /**
   * An Access-Accept.
   *
   * @param keys the decrypted MS-MPPE-Recv-Key and MS-MPPE-Send-Key, when both are there
   */
  record Accepted(
      long handle, InetSocketAddress server, RadiusPacket packet, Optional<EapKeys> keys)
      implements RadiusClientEvent {}

  record Rejected(long handle, InetSocketAddress server, RadiusPacket packet)
      implements RadiusClientEvent {}

  /**
   * An Access-Challenge.
   *
   * @param state goes unchanged into the next request, to the same server
   * @param eap the EAP packet for the peer
   */
  record Challenged(
      long handle,
      InetSocketAddress server,
      RadiusPacket packet,
      Optional<Octets> state,
      Optional<Octets> eap)
      implements RadiusClientEvent {}

  /** An Accounting-Response: the server has recorded the request. */
  record Acknowledged(long handle, InetSocketAddress server) implements RadiusClientEvent {}

  /** One server has not answered any transmission. */
  record ServerSilent(long handle, InetSocketAddress server) implements RadiusClientEvent {}

  /** No server has answered; the request is given up. */
  record TimedOut(long handle) implements RadiusClientEvent {}

  /** The request is too long, or 256 are under way for each local port; it was given up. */
  record NotSent(long handle, String why) implements RadiusClientEvent {}

  /** A datagram was discarded; the request it may have been meant for stays under way. */
  record ResponseDropped(InetSocketAddress remote, DropReason reason, String detail)
      implements RadiusClientEvent {}

  /** Why a datagram was discarded. */
  enum DropReason {
    MALFORMED,
    /** No request is under way with that server, identifier and port. */
    UNEXPECTED,
    /** Most often the shared secrets differ (RFC 2865, section 3). */
    BAD_RESPONSE_AUTHENTICATOR,
    BAD_MESSAGE_AUTHENTICATOR,
    /** Needed with EAP-Message (RFC 3579, section 3.1). */
    MISSING_MESSAGE_AUTHENTICATOR
  }
}
