package vpnlab.protocol.ike;

import java.net.InetAddress;
import java.util.List;
import vpnlab.protocol.ProtocolCommand;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ConfigurationAttribute;
import vpnlab.wire.ike.ConfigurationAttributeType;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/**
 * What the owner asks of an IKE endpoint. A command that does not fit the state of its SA (or whose
 * SA is gone) does nothing.
 */
public sealed interface IkeCommand extends ProtocolCommand {
  /** Initiator: begin. */
  record Connect() implements IkeCommand {}

  /** Initiator: the answer of the EAP method to {@link IkeEvent.EapRequest}. */
  record EapResponse(Octets packet) implements IkeCommand {}

  /**
   * Initiator: EAP has succeeded; to be given after the EAP-Success, or before it comes.
   *
   * @param msk what the method exported; empty when it exports no key
   */
  record EapKey(Octets msk) implements IkeCommand {}

  /** Initiator: give up or hang up. */
  record Disconnect() implements IkeCommand {}

  /** Responder: send an EAP request to the client. */
  record SendEap(IkeSaId saId, Octets packet) implements IkeCommand {}

  /**
   * Responder: the client has passed.
   *
   * @param packet the EAP-Success
   * @param msk what the method exported; empty when it exports no key
   */
  record EapAccepted(IkeSaId saId, Octets packet, Octets msk) implements IkeCommand {}

  /**
   * Responder: the client has not passed.
   *
   * @param packet the EAP-Failure; empty to send none (then {@code notifications} should not be)
   * @param notifications sent along, e.g. MS_NOTIFY_STATUS with a Windows error code
   */
  record EapRejected(IkeSaId saId, Octets packet, List<Payload.Notify> notifications)
      implements IkeCommand {
    public EapRejected {
      notifications = List.copyOf(notifications);
    }

    public EapRejected(IkeSaId saId, Octets packet) {
      this(saId, packet, List.of());
    }
  }

  /**
   * Responder: the answer to {@link IkeEvent.AddressRequested}.
   *
   * @param further sent behind the address, e.g. INTERNAL_IP4_DNS
   */
  record AssignAddress(IkeSaId saId, InetAddress address, List<ConfigurationAttribute> further)
      implements IkeCommand {
    public AssignAddress {
      further = List.copyOf(further);
    }

    /** With DNS servers and nothing else. */
    public static AssignAddress withDns(IkeSaId saId, InetAddress address, List<InetAddress> dns) {
      return new AssignAddress(
          saId,
          address,
          dns.stream()
              .map(
                  server ->
                      ConfigurationAttribute.address(
                          ConfigurationAttributeType.INTERNAL_IP4_DNS, server))
              .toList());
    }
  }

  /**
   * Responder: the other answer to {@link IkeEvent.AddressRequested}; the client gets this error
   * and no Child SA.
   */
  record RefuseAddress(IkeSaId saId, NotifyType error) implements IkeCommand {}

  /** Either: drop the SA, with a DELETE to the peer. */
  record Delete(IkeSaId saId) implements IkeCommand {}

  /** Either: new keys for the IKE SA. */
  record RekeyIkeSa(IkeSaId saId) implements IkeCommand {}

  /**
   * Either: new keys for a Child SA.
   *
   * @param inboundSpi of the {@link ChildSa} to be replaced
   */
  record RekeyChildSa(IkeSaId saId, long inboundSpi) implements IkeCommand {}

  /**
   * Initiator: this end's address, or the peer's that it wants to use, is another one from now on
   * (RFC 4555 section 3.5). Nothing happens when the peers have not agreed on MOBIKE.
   *
   * @param remote null to stay with the peer's present one
   */
  record MoveTo(IkeSaId saId, InetAddress local, InetAddress remote) implements IkeCommand {
    /** From another address to the same one. */
    public MoveTo(IkeSaId saId, InetAddress local) {
      this(saId, local, null);
    }
  }

  /**
   * Either: tell a peer that speaks MOBIKE what other addresses this end has (RFC 4555 section
   * 3.6).
   */
  record TellAddresses(IkeSaId saId, List<InetAddress> additional) implements IkeCommand {
    public TellAddresses {
      additional = List.copyOf(additional);
    }
  }

  /** Either: ask the peer for a sign of life; its silence ends the SA with a timeout. */
  record CheckLiveness(IkeSaId saId) implements IkeCommand {}
}
