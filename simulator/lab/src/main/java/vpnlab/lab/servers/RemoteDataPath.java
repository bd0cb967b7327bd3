package vpnlab.lab.servers;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import vpnlab.lab.datapath.EspDriver;
import vpnlab.lab.datapath.EspLink;
import vpnlab.lab.host.Machine;
import vpnlab.network.EndpointMount;
import vpnlab.network.path.TunnelInterface;
import vpnlab.protocol.ike.ChildSa;
import vpnlab.protocol.ike.IkeEvent;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * What RRAS does with the traffic of its clients: one interface, named Internal as on Windows, with
 * a route to each client, between which and the intranet the computer forwards.
 */
final class RemoteDataPath implements SessionObserver {
  /** The MTU of Windows' VPN interfaces, in octets. */
  private static final int MTU = 1400;

  private final Machine machine;
  private final EndpointMount ike;
  private final EspDriver driver;
  private final TunnelInterface internal;
  private final Map<RemoteSession, EspLink> links = new HashMap<>();
  private final Map<Ipv4Address, EspLink> byAddress = new HashMap<>();
  private final Map<Ipv4Address, SessionFilters> filtersByAddress = new HashMap<>();

  /**
   * @param address what the interface is called, so that errors which RRAS reports bear it
   * @param lanAccess whether clients may reach more than this computer
   */
  RemoteDataPath(Machine machine, EndpointMount ike, InetAddress address, boolean lanAccess) {
    this.machine = machine;
    this.ike = ike;
    this.driver = new EspDriver(machine);
    this.internal = machine.network().openTunnel("Internal", address, MTU, this::toClient);
    internal.filter(this::mayEnter);
    machine.network().forward(lanAccess);
  }

  /** The policy's filters for what a client sends; a session without any may send all. */
  private boolean mayEnter(Ipv4Packet packet) {
    SessionFilters filters = filtersByAddress.get(packet.source());
    return filters == null || filters.admitsFromClient(packet);
  }

  private void toClient(Ipv4Packet packet) {
    EspLink link = byAddress.get(packet.destination());
    SessionFilters filters = filtersByAddress.get(packet.destination());
    if (link != null && (filters == null || filters.admitsToClient(packet))) {
      link.send(packet);
    }
  }

  @Override
  public void established(RemoteSession session, IkeEvent.Established established) {
    if (established.firstChild().isEmpty() || session.address().isEmpty()) {
      return;
    }
    ChildSa child = established.child();
    Ipv4Address address = Ipv4Address.of(session.address().get());
    EspLink link = driver.open(ike, internal::receive);
    link.followPeer();
    link.add(child);
    links.put(session, link);
    session.countedBy(
        () ->
            new RemoteSession.Traffic(
                link.received(),
                link.octetsReceived(),
                link.sent(),
                link.octetsSent(),
                link.lastTraffic()));
    byAddress.put(address, link);
    filtersByAddress.put(address, SessionFilters.of(machine, session.granted()));
    internal.route(Ipv4Network.of(address));
    machine.network().answerFor(address.toInetAddress());
  }

  @Override
  public void pathChanged(RemoteSession session, IkeEvent.PathChanged changed) {
    tell(session, changed);
  }

  @Override
  public void childRekeyed(RemoteSession session, IkeEvent.ChildRekeyed rekeyed) {
    tell(session, rekeyed);
  }

  @Override
  public void childRetired(RemoteSession session, IkeEvent.ChildRetired retired) {
    tell(session, retired);
  }

  @Override
  public void childDeleted(RemoteSession session, IkeEvent.ChildDeleted deleted) {
    tell(session, deleted);
  }

  private void tell(RemoteSession session, IkeEvent event) {
    EspLink link = links.get(session);
    if (link != null) {
      link.hear(event);
    }
  }

  @Override
  public void ended(RemoteSession session) {
    EspLink link = links.remove(session);
    if (link != null) {
      link.close();
      Ipv4Address address = Ipv4Address.of(session.address().orElseThrow());
      if (byAddress.remove(address, link)) {
        filtersByAddress.remove(address);
        internal.unroute(Ipv4Network.of(address));
        machine.network().stopAnsweringFor(address.toInetAddress());
      }
    }
  }
}
