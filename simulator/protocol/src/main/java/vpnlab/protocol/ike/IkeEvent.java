package vpnlab.protocol.ike;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ConfigurationAttribute;
import vpnlab.wire.ike.ConfigurationAttributeType;
import vpnlab.wire.ike.Identity;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Proposal;

/** What an IKE endpoint tells its owner. */
public sealed interface IkeEvent extends ProtocolEvent {
  IkeSaId saId();

  /** Which way a message went. */
  enum Direction {
    SENT,
    RECEIVED
  }

  /**
   * A message went over the wire, for transcripts.
   *
   * @param saId {@link IkeSaId#NONE} when no SA came of it
   * @param message in the clear: what was inside SK or SKF stands in its place
   * @param retransmission whether it has gone this way before
   * @param fragments 1, or the number of its SKF messages
   */
  record Exchanged(
      IkeSaId saId,
      Direction direction,
      InetSocketAddress local,
      InetSocketAddress remote,
      IkeMessage message,
      boolean retransmission,
      int fragments)
      implements IkeEvent {}

  /**
   * The keys of an IKE SA are known to this end: all that a line of Wireshark's
   * ikev2_decryption_table needs.
   *
   * @param suite the one transform of each type that was chosen
   */
  record KeysDerived(
      IkeSaId saId, IkeSpi initiatorSpi, IkeSpi responderSpi, Proposal suite, IkeKeys keys)
      implements IkeEvent {
    /** The line, without its end. */
    public String wiresharkLine() {
      return WiresharkKeyLine.of(this);
    }
  }

  /**
   * Initiator: the server has proved its identity.
   *
   * @param chain DER, end entity first; empty with a pre-shared key
   */
  record ServerAuthenticated(IkeSaId saId, Identity identity, List<Octets> chain)
      implements IkeEvent {
    public ServerAuthenticated {
      chain = List.copyOf(chain);
    }
  }

  /**
   * Initiator: an EAP request or EAP-Success from the server. Answer with {@link
   * IkeCommand.EapResponse}, EAP-Success with {@link IkeCommand.EapKey}.
   */
  record EapRequest(IkeSaId saId, Octets packet) implements IkeEvent {}

  /** Responder: a client wants EAP. Answer with {@link IkeCommand.SendEap}. */
  record EapStart(IkeSaId saId, Identity peerIdentity, InetSocketAddress remote)
      implements IkeEvent {}

  /**
   * Responder: an EAP response from the client. Answer with {@link IkeCommand.SendEap}, {@link
   * IkeCommand.EapAccepted} or {@link IkeCommand.EapRejected}.
   */
  record EapResponse(IkeSaId saId, Octets packet) implements IkeEvent {}

  /**
   * Responder: an authenticated client wants an inner address. Answer with {@link
   * IkeCommand.AssignAddress} or {@link IkeCommand.RefuseAddress}.
   *
   * @param identity its IDi
   */
  record AddressRequested(IkeSaId saId, Identity identity, List<ConfigurationAttribute> requested)
      implements IkeEvent {
    public AddressRequested {
      requested = List.copyOf(requested);
    }
  }

  /**
   * The IKE SA stands, and with it its first Child SA unless the client wanted none (RFC 6023).
   *
   * @param peer its authenticated identity
   * @param remote where its messages come from
   * @param configuration what the server configured the client with; empty when it was not asked
   */
  record Established(
      IkeSaId saId,
      Identity peer,
      InetSocketAddress remote,
      List<ConfigurationAttribute> configuration,
      Optional<ChildSa> firstChild)
      implements IkeEvent {
    public Established {
      configuration = List.copyOf(configuration);
    }

    /** The first Child SA; fails when there is none. */
    public ChildSa child() {
      return firstChild.orElseThrow();
    }

    /** The client's inner address. */
    public Optional<InetAddress> address() {
      return addresses(ConfigurationAttributeType.INTERNAL_IP4_ADDRESS).stream().findFirst();
    }

    public List<InetAddress> dns() {
      return addresses(ConfigurationAttributeType.INTERNAL_IP4_DNS);
    }

    private List<InetAddress> addresses(ConfigurationAttributeType type) {
      return configuration.stream()
          .filter(attribute -> attribute.type().equals(type))
          .map(ConfigurationAttribute::asAddress)
          .filter(Objects::nonNull)
          .toList();
    }
  }

  /**
   * Which way the peer is reached, for ESP as well. Comes right behind {@link Established}, and
   * again whenever it changes.
   *
   * @param natBetween whether ESP must go in UDP (RFC 7296 section 2.23)
   */
  record PathChanged(
      IkeSaId saId, InetSocketAddress local, InetSocketAddress remote, boolean natBetween)
      implements IkeEvent {}

  /**
   * A Child SA was replaced by one with new keys. {@link ChildRetired} follows.
   *
   * @param byPeer whether the peer began it; it may not have the new SA yet
   */
  record ChildRekeyed(IkeSaId saId, ChildSa before, ChildSa after, boolean byPeer)
      implements IkeEvent {}

  /** The peer has deleted a Child SA that was replaced, so it has the new one. */
  record ChildRetired(IkeSaId saId, ChildSa child) implements IkeEvent {}

  /** A Child SA is gone, not replaced. */
  record ChildDeleted(IkeSaId saId, ChildSa child) implements IkeEvent {}

  /** The IKE SA runs under new SPIs and keys. */
  record IkeSaRekeyed(IkeSaId saId, IkeSpi initiatorSpi, IkeSpi responderSpi) implements IkeEvent {}

  /** The peer did not agree to a rekeying; what there was goes on. */
  record RekeyRefused(IkeSaId saId, NotifyType error) implements IkeEvent {}

  /** The peer has answered {@link IkeCommand.CheckLiveness}. */
  record Alive(IkeSaId saId) implements IkeEvent {}

  /** Both ends speak MOBIKE (RFC 4555 section 3.1); comes behind {@link Established}. */
  record MobikeAgreed(IkeSaId saId) implements IkeEvent {}

  /**
   * Both ends agree on new addresses (RFC 4555 section 3.5): the responder has confirmed them, and
   * where it wants proof the initiator has shown to be there.
   */
  record AddressesUpdated(IkeSaId saId, InetSocketAddress local, InetSocketAddress remote)
      implements IkeEvent {}

  /**
   * New addresses were refused: UNACCEPTABLE_ADDRESSES, or UNEXPECTED_NAT_DETECTED again and again.
   */
  record AddressesRefused(IkeSaId saId, NotifyType error) implements IkeEvent {}

  /** What other addresses the peer says it has (RFC 4555 sections 3.4 and 3.6); maybe none. */
  record PeerAddresses(IkeSaId saId, List<InetAddress> additional) implements IkeEvent {
    public PeerAddresses {
      additional = List.copyOf(additional);
    }
  }

  /** It came to nothing (or, with {@link IkePhase#ESTABLISHED}, to an end); the SA is gone. */
  record Failed(IkeSaId saId, IkePhase phase, IkeFailure reason) implements IkeEvent {}

  /** The SA was closed in order. */
  record Closed(IkeSaId saId, boolean byPeer) implements IkeEvent {}
}
