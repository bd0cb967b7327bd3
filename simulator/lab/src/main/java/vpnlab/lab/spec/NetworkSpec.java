package vpnlab.lab.spec;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/** Segments joined by routers, with hosts on them. Addresses are IPv4, as text. */
public record NetworkSpec(
    Map<String, SegmentSpec> segments,
    Map<String, RouterSpec> routers,
    Map<String, HostSpec> hosts) {

  private static void checkProtocol(String text) {
    if (!text.equals("any")) {
      IpProtocol.parse(text);
    }
  }

  /** CIDR block to next hop. */
  private static Map<String, String> routes(SpecReader r) {
    return r.map(
        "routes",
        routes -> {
          Map<String, String> result = new LinkedHashMap<>();
          for (String network : routes.names()) {
            try {
              Ipv4Network.parse(network);
            } catch (IllegalArgumentException e) {
              routes.problem(network, "is no CIDR block", "");
            }
            String nextHop = routes.checkedText(network, "", Ipv4Address::parse);
            if (!nextHop.isEmpty()) {
              result.put(network, nextHop);
            }
          }
          return result;
        });
  }

  static NetworkSpec of(SpecReader r) {
    return new NetworkSpec(
        r.maps("segments", SegmentSpec::of),
        r.maps("routers", RouterSpec::of),
        r.maps("hosts", HostSpec::of));
  }

  /**
   * A link or a switched network.
   *
   * @param subnet CIDR notation
   * @param latency one way
   * @param mtu octets of the largest IP packet
   */
  public record SegmentSpec(
      String subnet,
      Duration latency,
      Duration jitter,
      double loss,
      double duplication,
      double reordering,
      int mtu) {
    private static String subnet(SpecReader r) {
      r.requiredText("subnet");
      return r.checkedText("subnet", "192.0.2.0/24", Ipv4Network::parse);
    }

    static SegmentSpec of(SpecReader r) {
      return new SegmentSpec(
          subnet(r),
          r.duration("latency", Duration.ofMillis(1), Duration.ZERO),
          r.duration("jitter", Duration.ZERO, Duration.ZERO),
          r.share("loss", 0),
          r.share("duplication", 0),
          r.share("reordering", 0),
          r.integer("mtu", 1500, 576, 65535));
    }
  }

  /**
   * A router, which may filter and translate.
   *
   * @param interfaces segment to address
   * @param firewall rules by name, in order
   * @param sourceNat the segment whose address hides those behind (empty: none)
   * @param destinationNat forwarded services by name
   * @param routes CIDR block to next hop, beside the ways that the segments give
   */
  public record RouterSpec(
      Map<String, String> interfaces,
      Map<String, FirewallRule> firewall,
      String sourceNat,
      Map<String, PortForward> destinationNat,
      Map<String, String> routes) {
    static RouterSpec of(SpecReader r) {
      return new RouterSpec(
          r.textMap("interfaces"),
          r.maps("firewall", FirewallRule::of),
          r.text("sourceNat", ""),
          r.maps("destinationNat", PortForward::of),
          NetworkSpec.routes(r));
    }
  }

  /**
   * A computer.
   *
   * @param routes CIDR block to next hop, beside the ways that the segments give
   * @param clockOffset how far its clock is ahead of true time
   * @param stealth its firewall hides closed ports (no ICMP)
   * @param certificates store to (certificate to {@code present} or {@code with-key})
   */
  public record HostSpec(
      Map<String, String> interfaces,
      Map<String, FirewallRule> firewall,
      boolean stealth,
      Map<String, String> routes,
      Duration clockOffset,
      Map<String, Map<String, String>> certificates) {
    static final java.util.List<String> STORES =
        java.util.List.of("machine-root", "machine-ca", "machine-my", "user-root", "user-my");

    static HostSpec of(SpecReader r) {
      return new HostSpec(
          r.textMap("interfaces"),
          r.maps("firewall", FirewallRule::of),
          r.bool("stealth", false),
          NetworkSpec.routes(r),
          r.duration("clockOffset", Duration.ZERO),
          r.map(
              "certificates",
              stores -> {
                Map<String, Map<String, String>> result = new java.util.LinkedHashMap<>();
                for (String store : STORES) {
                  result.put(store, stores.textMap(store));
                }
                return result;
              }));
    }

    /** Windows' name of a store, e.g. {@code LocalMachine\My} for {@code machine-my}. */
    public static String windowsName(String store) {
      String place = store.startsWith("machine-") ? "LocalMachine" : "CurrentUser";
      String name = store.substring(store.indexOf('-') + 1);
      return place
          + "\\"
          + (name.equals("ca") ? "CA" : Character.toUpperCase(name.charAt(0)) + name.substring(1));
    }
  }

  /**
   * One rule of a firewall; empty or zero means any.
   *
   * @param espInUdp the rule is about ESP in UDP and nothing else: datagrams of port 4500 that do
   *     not begin with the non-ESP marker (RFC 3948)
   */
  public record FirewallRule(
      Action action,
      Direction direction,
      String protocol,
      String source,
      String destination,
      int sourcePort,
      int destinationPort,
      boolean fragments,
      boolean espInUdp) {
    /** What becomes of a packet. */
    public enum Action {
      DROP,
      REJECT,
      ALLOW
    }

    /** Which way through a host's firewall; routers look at everything that they forward. */
    public enum Direction {
      ANY,
      IN,
      OUT
    }

    static FirewallRule of(SpecReader r) {
      return new FirewallRule(
          r.constant("action", Action.DROP),
          r.constant("direction", Direction.ANY),
          r.checkedText("protocol", "any", NetworkSpec::checkProtocol),
          r.checkedText("source", "", Ipv4Network::parse),
          r.checkedText("destination", "", Ipv4Network::parse),
          r.integer("sourcePort", 0, 0, 65535),
          r.integer("destinationPort", 0, 0, 65535),
          r.bool("fragments", false),
          r.bool("espInUdp", false));
    }
  }

  /**
   * A service behind destination NAT.
   *
   * @param port 0 for every port of the protocol
   */
  public record PortForward(
      String publicAddress, String protocol, int port, String innerAddress, int innerPort) {
    static PortForward of(SpecReader r) {
      int port = r.integer("port", 0, 0, 65535);
      return new PortForward(
          r.checkedText("publicAddress", "", Ipv4Address::parse),
          r.checkedText("protocol", "any", NetworkSpec::checkProtocol),
          port,
          r.checkedText("innerAddress", "", Ipv4Address::parse),
          r.integer("innerPort", port, 0, 65535));
    }
  }
}
