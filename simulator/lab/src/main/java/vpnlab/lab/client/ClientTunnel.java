package vpnlab.lab.client;

import java.net.InetAddress;
import java.util.List;
import vpnlab.lab.datapath.EspDriver;
import vpnlab.lab.datapath.EspLink;
import vpnlab.lab.host.Machine;
import vpnlab.network.EndpointMount;
import vpnlab.network.path.TunnelInterface;
import vpnlab.protocol.ike.IkeEvent;
import vpnlab.wire.ip.Ipv4Network;

/**
 * The client's end of a tunnel that is up: an interface with the address that the server gave, and
 * the profile's routes through it. The way to the server itself stays outside.
 */
final class ClientTunnel {
  /** The MTU of Windows' VPN interfaces, in octets. */
  private static final int MTU = 1400;

  private final Machine machine;
  private final EspLink link;
  private final TunnelInterface through;
  private final List<InetAddress> nameServers;
  private InetAddress server;

  private ClientTunnel(
      Machine machine, EspLink link, TunnelInterface through, List<InetAddress> nameServers) {
    this.machine = machine;
    this.link = link;
    this.through = through;
    this.nameServers = nameServers;
  }

  /**
   * Opens the interface; the server must have given an address and a Child SA.
   *
   * @param routes CIDR blocks that go through the tunnel; empty for all that is not on a segment of
   *     the client's own
   */
  static ClientTunnel open(
      Machine machine,
      EspDriver driver,
      EndpointMount ike,
      String name,
      List<String> routes,
      IkeEvent.Established established) {
    TunnelInterface[] opened = new TunnelInterface[1];
    EspLink link = driver.open(ike, packet -> opened[0].receive(packet));
    opened[0] =
        machine.network().openTunnel(name, established.address().orElseThrow(), MTU, link::send);
    link.add(established.child());
    ClientTunnel tunnel = new ClientTunnel(machine, link, opened[0], established.dns());
    tunnel.keepOutside(established.remote().getAddress());
    if (routes.isEmpty()) {
      opened[0].route(Ipv4Network.ANY);
    }
    routes.forEach(route -> opened[0].route(Ipv4Network.parse(route)));
    return tunnel;
  }

  private void keepOutside(InetAddress address) {
    if (server != null) {
      machine.network().unroutePastTunnels(server);
    }
    server = address;
    machine.network().routePastTunnels(server);
  }

  /** Takes from IKE what concerns the tunnel. */
  void hear(IkeEvent event) {
    if (event instanceof IkeEvent.PathChanged changed) {
      keepOutside(changed.remote().getAddress());
    }
    link.hear(event);
  }

  /** Those that the server gave, to be asked first. */
  List<InetAddress> nameServers() {
    return nameServers;
  }

  InetAddress address() {
    return through.address().toInetAddress();
  }

  EspLink link() {
    return link;
  }

  void close() {
    link.close();
    through.close();
    machine.network().unroutePastTunnels(server);
  }
}
