package vpnlab.network;

import java.time.Instant;
import java.util.List;
import vpnlab.network.path.FabricSettings;
import vpnlab.network.topology.Firewall;
import vpnlab.network.topology.Host;
import vpnlab.network.topology.Interface;
import vpnlab.network.topology.LinkProperties;
import vpnlab.network.topology.Router;
import vpnlab.network.topology.Segment;
import vpnlab.network.topology.SourceNat;
import vpnlab.network.topology.Topology;

/** The network of these tests: a client at home, a server at a company, the Internet between. */
final class Labs {
  static final Instant EPOCH = Instant.parse("2026-03-02T08:00:00Z");

  private Labs() {}

  static FabricSettings seed(long seed) {
    return FabricSettings.of(seed, EPOCH);
  }

  static final class Builder {
    LinkProperties home = LinkProperties.LAN;
    LinkProperties internet = LinkProperties.LAN;
    Host client = Host.of("client", Interface.on("home", "192.168.1.10"));
    Host server = Host.of("server", Interface.on("dmz", "203.0.113.10"));
    Router homeRouter =
        Router.of(
            "home-router",
            Interface.on("home", "192.168.1.1"),
            Interface.on("internet", "198.51.100.7"));
    Router edge =
        Router.of(
            "edge", Interface.on("internet", "198.51.100.1"), Interface.on("dmz", "203.0.113.1"));

    Builder internet(LinkProperties value) {
      internet = value;
      return this;
    }

    Builder client(Firewall value) {
      client = client.with(value);
      return this;
    }

    Builder server(Firewall value) {
      server = server.with(value);
      return this;
    }

    Builder edge(Firewall value) {
      edge = edge.with(value);
      return this;
    }

    Builder homeRouter(Router value) {
      homeRouter = value;
      return this;
    }

    /** The client hides behind the home router's outer address. */
    Builder translated(SourceNat nat) {
      homeRouter = homeRouter.with(nat);
      return this;
    }

    Topology topology() {
      return new Topology(
          List.of(
              Segment.of("home", "192.168.1.0/24").with(home),
              Segment.of("internet", "198.51.100.0/24").with(internet),
              Segment.of("dmz", "203.0.113.0/24")),
          List.of(client, server, Host.of("stranger", Interface.on("internet", "198.51.100.66"))),
          List.of(homeRouter, edge));
    }
  }
}
