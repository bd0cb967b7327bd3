package vpnlab.protocol.radius;

import java.net.InetSocketAddress;
import java.util.Optional;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.wire.radius.RadiusPacket;

/** What a {@link RadiusServer} tells its owner. */
public sealed interface RadiusServerEvent extends ProtocolEvent {
  /**
   * A genuine Access-Request or Accounting-Request that awaits a {@link RadiusServerCommand.Reply}.
   */
  record RequestReceived(
      long handle, RadiusServerClient client, InetSocketAddress remote, RadiusPacket packet)
      implements RadiusServerEvent {}

  /** A retransmitted request was answered with the same octets again. */
  record AnswerRepeated(long handle, InetSocketAddress remote) implements RadiusServerEvent {}

  /** A Status-Server was answered (RFC 5997). */
  record StatusAnswered(RadiusServerClient client, InetSocketAddress remote)
      implements RadiusServerEvent {}

  /** A datagram was discarded without an answer. */
  record RequestDropped(
      InetSocketAddress remote,
      Optional<RadiusServerClient> client,
      DropReason reason,
      String detail)
      implements RadiusServerEvent {}

  /** Why a datagram was discarded. */
  enum DropReason {
    /** The source address belongs to no client (RFC 2865, section 3). */
    UNKNOWN_CLIENT,
    MALFORMED,
    /** Not what this port is for. */
    UNEXPECTED_CODE,
    /** Of an Accounting-Request; most often the shared secrets differ (RFC 2866, section 3). */
    BAD_REQUEST_AUTHENTICATOR,
    /** Most often the shared secrets differ (RFC 3579, section 3.2). */
    BAD_MESSAGE_AUTHENTICATOR,
    /**
     * An EAP-Message without Message-Authenticator (RFC 3579, section 3.1), or any request without
     * one of a client that must send it.
     */
    MISSING_MESSAGE_AUTHENTICATOR,
    /** A retransmission of a request that is still being worked on. */
    DUPLICATE_IN_PROGRESS,
    /** The answer, with the request's Proxy-State attributes, exceeds 4096 octets. */
    ANSWER_TOO_LONG
  }
}
