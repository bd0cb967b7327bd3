package vpnlab.protocol.ike;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.Proposal;

/** Why an IKE SA came to nothing. */
public sealed interface IkeFailure {
  /**
   * The peer does not answer.
   *
   * @param transmissions how often the request was sent, the first time included
   */
  record Timeout(int transmissions) implements IkeFailure {}

  /**
   * The peer reported errors.
   *
   * @param all every error of its message; at least one
   */
  record NotifyReceived(List<Payload.Notify> all) implements IkeFailure {
    public NotifyReceived {
      all = List.copyOf(all);
    }

    private Payload.Notify foremost() {
      return all.stream()
          .min(Comparator.comparing(n -> !n.notifyType().equals(NotifyType.MS_NOTIFY_STATUS)))
          .orElseThrow();
    }

    /** MS_NOTIFY_STATUS when it is among them, because it says more; else the first. */
    public NotifyType type() {
      return foremost().notifyType();
    }

    /** The data of the notification that {@link #type} names. */
    public Octets data() {
      return foremost().data();
    }

    /** The Windows error code in MS_NOTIFY_STATUS (MS-IKEE section 2.2.7). */
    public OptionalLong windowsError() {
      return type().equals(NotifyType.MS_NOTIFY_STATUS) && data().size() == 4
          ? OptionalLong.of(Long.parseLong(data().toHex(), 16))
          : OptionalLong.empty();
    }
  }

  /**
   * The {@link PeerVerifier} does not accept the peer's certificate or identity.
   *
   * @param code the Windows error code it gave
   */
  record PeerRefused(int code, String text) implements IkeFailure {}

  /**
   * The peer wants to authenticate by a method that this end does not accept.
   *
   * @param code the Windows error code that goes to the peer
   */
  record MethodNotAccepted(int code, String text) implements IkeFailure {}

  /** The peer's AUTH payload is missing or wrong. */
  record AuthenticationFailed(String text) implements IkeFailure {}

  /**
   * EAP failed.
   *
   * @param packet the EAP-Failure
   */
  record EapFailed(Octets packet) implements IkeFailure {}

  /** This end's own EAP method had no answer to the server's packet in time. */
  record EapUnanswered() implements IkeFailure {}

  /** The peer's message, intact and authenticated, is not what the RFC allows. */
  record Malformed(String text) implements IkeFailure {}

  /**
   * This end must authenticate with a certificate and has none.
   *
   * @param code the Windows error code that goes to the peer
   */
  record NoCertificate(int code) implements IkeFailure {}

  /** Nothing that the peer offers is acceptable. */
  record NoProposalChosen(List<Proposal> offered) implements IkeFailure {
    public NoProposalChosen {
      offered = List.copyOf(offered);
    }
  }

  /** The peer is authenticated, but gets no Child SA. */
  record ChildRefused(NotifyType type) implements IkeFailure {}

  /** The peer began and did not finish in time. */
  record HalfOpenExpired() implements IkeFailure {}
}
