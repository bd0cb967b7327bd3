package vpnlab.lab.servers;

import java.util.List;
import java.util.Optional;
import vpnlab.lab.host.Machine;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.radius.FilteredPacket;
import vpnlab.wire.radius.PacketFilters;
import vpnlab.wire.radius.RadiusAttribute;

/**
 * The packet filters that came with the permission for one session (MS-Filter). They look at whole
 * packets and at first fragments; later fragments have no ports, and their first decides.
 */
final class SessionFilters {
  private final Optional<PacketFilters> filters;

  private SessionFilters(Optional<PacketFilters> filters) {
    this.filters = filters;
  }

  /** Filters that cannot be read let nothing pass: they were meant to protect. */
  static SessionFilters of(Machine machine, List<RadiusAttribute> granted) {
    try {
      return new SessionFilters(PacketFilters.of(granted));
    } catch (MalformedMessageException e) {
      machine.observer().note(machine.name(), "cannot read MS-Filter: " + e.getMessage());
      PacketFilters.Direction nothing = new PacketFilters.Direction(true, List.of());
      return new SessionFilters(
          Optional.of(new PacketFilters(Optional.of(nothing), Optional.of(nothing))));
    }
  }

  /** Whether the client may send this. */
  boolean admitsFromClient(Ipv4Packet packet) {
    return passes(packet, filters.flatMap(PacketFilters::input));
  }

  /** Whether the client may get this. */
  boolean admitsToClient(Ipv4Packet packet) {
    return passes(packet, filters.flatMap(PacketFilters::output));
  }

  private static boolean passes(Ipv4Packet packet, Optional<PacketFilters.Direction> direction) {
    return packet.isLaterFragment()
        || direction
            .map(
                each ->
                    new FilteredPacket(
                            packet.source().octets(),
                            packet.destination().octets(),
                            packet.protocol().number(),
                            packet.payload())
                        .passes(each))
            .orElse(true);
  }
}
