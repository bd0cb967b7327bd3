package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.evidence.Stage.DNS;
import static vpnlab.evidence.Stage.REACHABILITY;
import static vpnlab.evidence.Stage.TUNNEL_SETUP;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import vpnlab.wire.Octets;

/** Everything that ends in 868, 809 or 13868. */
final class ReachabilityCases {
  private static final String[] SILENCE = {
    "server-unreachable",
    "vpn-service-stopped",
    "rras-default-gateway-inside",
    "udp-500-blocked-perimeter",
    "udp-500-blocked-server-firewall"
  };
  private static final String[] SILENCE_ON_4500 = {
    "udp-4500-blocked-perimeter", "udp-4500-blocked-server-firewall"
  };
  private static final Map<String, String> STOPPED =
      Map.of("RemoteAccess", "Stopped", "IKEEXT", "Running");

  private ReachabilityCases() {}

  static Stream<Case> all() {
    return Stream.of(dns(), silence(), refusals(), port4500(), fragments(), proposals())
        .flatMap(List::stream);
  }

  private static EvidenceBuilder client() {
    return EvidenceBuilder.client();
  }

  private static List<Case> dns() {
    return List.of(
        certain(
            "name does not exist",
            868,
            DNS,
            client().dialing().resolved("9003", "").failed(868),
            "name-not-resolvable"),
        certain(
            "DNS server silent",
            868,
            DNS,
            client().dialing().resolved("1460", "").failed(868),
            "name-not-resolvable"),
        candidates(
            "868 although the name resolved",
            868,
            DNS,
            client().dialing().resolved("9003", "").resolved("0", SERVER).failed(868)),
        candidates(
            "router: host unreachable",
            809,
            DNS,
            Wire.dialed(client())
                .clientSends(Wire.init())
                .clientGets(Packets.unreachable("198.51.100.1", 1, Wire.init()))
                .failed(809),
            "name-resolves-to-wrong-address",
            "server-unreachable"),
        certain(
            "address dialed, router: host unreachable",
            809,
            REACHABILITY,
            client()
                .dials(SERVER)
                .dialing()
                .linkTried()
                .clientSends(Wire.init())
                .clientGets(Packets.unreachable("198.51.100.1", 1, Wire.init()))
                .failed(809),
            "server-unreachable"),
        certain(
            "administrator: wrong address, router speaks",
            809,
            DNS,
            Wire.dialed(administrator().host("rras", Map.of("RemoteAccess", "Running"), "10.0.0.2"))
                .clientSends(Wire.init())
                .clientGets(Packets.unreachable("198.51.100.1", 1, Wire.init()))
                .failed(809),
            "name-resolves-to-wrong-address"),
        certain(
            "administrator: wrong address, silence",
            809,
            DNS,
            Wire.dialed(
                    administrator().host("rras", Map.of("RemoteAccess", "Running"), "203.0.113.99"))
                .clientSends(Wire.init())
                .failed(809),
            "name-resolves-to-wrong-address"),
        certain(
            "administrator: right address, host unreachable",
            809,
            REACHABILITY,
            Wire.dialed(administrator())
                .clientSends(Wire.init())
                .clientGets(Packets.unreachable("198.51.100.1", 1, Wire.init()))
                .failed(809),
            "server-unreachable"));
  }

  private static List<Case> silence() {
    return List.of(
        candidates(
            "client: silence",
            809,
            REACHABILITY,
            Wire.dialed(client())
                .clientSends(Wire.init())
                .after(Duration.ofSeconds(2))
                .clientSends(Wire.init())
                .failed(809),
            SILENCE),
        certain(
            "administrator: server's host is dead",
            809,
            REACHABILITY,
            Wire.dialed(administrator().withoutHost("rras")).clientSends(Wire.init()).failed(809),
            "server-unreachable"),
        certain(
            "administrator: the server's cable is cut",
            809,
            REACHABILITY,
            Wire.dialed(administrator().event("rras", "System", "Tcpip", 4202, "Address", SERVER))
                .clientSends(Wire.init())
                .failed(809),
            "server-unreachable"),
        certain(
            "administrator: the server's cable was cut and is whole again",
            809,
            TUNNEL_SETUP,
            Wire.dialed(
                    administrator()
                        .event("rras", "System", "Tcpip", 4202, "Address", SERVER)
                        .event("rras", "System", "Tcpip", 4201, "Address", SERVER))
                .clientSends(Wire.init())
                .failed(809),
            "udp-500-blocked-perimeter"),
        certain(
            "administrator: service stopped",
            809,
            REACHABILITY,
            Wire.dialed(administrator().host("rras", STOPPED, SERVER))
                .request(Wire.init())
                .failed(809),
            "vpn-service-stopped"),
        certain(
            "administrator: service stopped by its event",
            809,
            REACHABILITY,
            Wire.dialed(
                    administrator()
                        .host("rras", Map.of(), SERVER)
                        .event(
                            "rras",
                            "System",
                            "Service Control Manager",
                            7036,
                            "ServiceName",
                            "Routing and Remote Access",
                            "State",
                            "stopped"))
                .request(Wire.init())
                .failed(809),
            "vpn-service-stopped"),
        certain(
            "administrator: lost on the way",
            809,
            TUNNEL_SETUP,
            Wire.dialed(administrator()).clientSends(Wire.init()).failed(809),
            "udp-500-blocked-perimeter"),
        certain(
            "administrator: answers lost on the way back",
            809,
            TUNNEL_SETUP,
            Wire.dialed(
                    administrator()
                        .routes(
                            "rras",
                            true,
                            "203.0.113.0/24 on-link " + SERVER,
                            "0.0.0.0/0 via 203.0.113.1"))
                .request(Wire.init())
                .serverSends(Wire.initAnswer())
                .failed(809),
            "udp-500-blocked-perimeter"),
        candidates(
            "administrator: answers lost on the way back, the server's routes unknown",
            809,
            REACHABILITY,
            Wire.dialed(administrator())
                .request(Wire.init())
                .serverSends(Wire.initAnswer())
                .failed(809),
            "rras-default-gateway-inside",
            "udp-500-blocked-perimeter"),
        candidates(
            "administrator: answers lost on the way back, nothing known of the server's host",
            809,
            REACHABILITY,
            Wire.dialed(administrator().withoutHost("rras"))
                .request(Wire.init())
                .serverSends(Wire.initAnswer())
                .failed(809),
            "rras-default-gateway-inside",
            "udp-500-blocked-perimeter"),
        certain(
            "administrator: lost behind a NAT",
            809,
            TUNNEL_SETUP,
            Wire.dialed(administrator().host("rras", Map.of("RemoteAccess", "Running"), "10.0.0.2"))
                .clientSends(Wire.init())
                .failed(809),
            "udp-500-blocked-perimeter"),
        certain(
            "administrator: server's firewall",
            809,
            TUNNEL_SETUP,
            Wire.dialed(administrator())
                .request(Wire.init())
                .firewallDrop("rras", "Inbound", 500, 500)
                .failed(809),
            "udp-500-blocked-server-firewall"),
        candidates(
            "administrator: server ignores the request, its service runs",
            809,
            TUNNEL_SETUP,
            Wire.dialed(administrator())
                .request(Wire.init())
                .firewallDrop("rras", "Inbound", 137, 137)
                .failed(809),
            "udp-500-blocked-server-firewall"),
        certain(
            "client's firewall, logged",
            809,
            TUNNEL_SETUP,
            Wire.dialed(client()).firewallDrop("laptop", "Outbound", 500, 500).failed(809),
            "udp-500-blocked-client-firewall"),
        certain(
            "client's firewall drops the answers",
            809,
            TUNNEL_SETUP,
            Wire.dialed(client())
                .clientSends(Wire.init())
                .clientGets(Wire.initAnswer())
                .firewallDrop("laptop", "Inbound", 500, 500)
                .failed(809),
            "udp-500-blocked-client-firewall"),
        certain(
            "client's firewall, on moved ports",
            809,
            TUNNEL_SETUP,
            Wire.dialed(client()).firewallDrop("laptop", "Outbound", 10500, 10500).failed(809),
            "udp-500-blocked-client-firewall"),
        candidates(
            "client's firewall drops something else",
            809,
            REACHABILITY,
            Wire.dialed(client())
                .clientSends(Wire.init())
                .firewallDrop("laptop", "Outbound", 500, 137)
                .failed(809),
            SILENCE));
  }

  private static List<Case> refusals() {
    Supplier<EvidenceBuilder> atClient =
        () -> Wire.dialed(client()).clientSends(Wire.init()).after(Duration.ofMillis(20));
    return List.of(
        certain(
            "the host itself: port unreachable",
            809,
            REACHABILITY,
            atClient.get().clientGets(Packets.unreachable(SERVER, 3, Wire.init())).failed(809),
            "vpn-service-not-listening"),
        certain(
            "a router: port unreachable",
            809,
            TUNNEL_SETUP,
            atClient
                .get()
                .clientGets(Packets.unreachable("198.51.100.1", 3, Wire.init()))
                .failed(809),
            "udp-500-rejected"),
        certain(
            "prohibited, in the host's name",
            809,
            TUNNEL_SETUP,
            atClient.get().clientGets(Packets.unreachable(SERVER, 13, Wire.init())).failed(809),
            "udp-500-rejected"),
        certain(
            "administrator: rejected in the server's name, which never got the request",
            809,
            TUNNEL_SETUP,
            Wire.dialed(administrator())
                .clientSends(Wire.init())
                .clientGets(Packets.unreachable(SERVER, 3, Wire.init()))
                .failed(809),
            "udp-500-rejected"),
        certain(
            "administrator: the stopped server says port unreachable",
            809,
            REACHABILITY,
            Wire.dialed(administrator().host("rras", STOPPED, SERVER))
                .request(Wire.init())
                .answer(Packets.unreachable(SERVER, 3, Wire.init()))
                .failed(809),
            "vpn-service-stopped"),
        candidates(
            "an ICMP error about another datagram",
            809,
            REACHABILITY,
            atClient
                .get()
                .clientGets(
                    Packets.unreachable(
                        "198.51.100.53",
                        3,
                        Packets.udp("198.51.100.20", 5353, "198.51.100.53", 53, Octets.zeros(30))))
                .failed(809),
            SILENCE));
  }

  private static List<Case> port4500() {
    return List.of(
        candidates(
            "client: silence on 4500",
            809,
            TUNNEL_SETUP,
            Wire.initiated(client()).clientSends(Wire.auth(1)).failed(809),
            SILENCE_ON_4500),
        certain(
            "client's firewall on 4500",
            809,
            TUNNEL_SETUP,
            Wire.initiated(client()).firewallDrop("laptop", "Outbound", 4500, 4500).failed(809),
            "udp-4500-blocked-client-firewall"),
        certain(
            "administrator: 4500 lost on the way",
            809,
            TUNNEL_SETUP,
            Wire.initiated(administrator()).clientSends(Wire.auth(1)).failed(809),
            "udp-4500-blocked-perimeter"),
        certain(
            "administrator: server's firewall on 4500",
            809,
            TUNNEL_SETUP,
            Wire.initiated(administrator())
                .request(Wire.auth(1))
                .firewallDrop("rras", "Inbound", 4500, 4500)
                .failed(809),
            "udp-4500-blocked-server-firewall"));
  }

  private static List<Case> fragments() {
    List<Octets> request = Wire.largeAuth(1);
    List<Octets> answer = Wire.largeAuthAnswer(1);
    EvidenceBuilder lostAtServer = Wire.initiated(administrator());
    request.forEach(lostAtServer::clientSends);
    EvidenceBuilder lostRequest = Wire.initiated(client());
    request.forEach(lostRequest::clientSends);
    EvidenceBuilder wholeAnswer = Wire.initiated(client()).clientSends(Wire.auth(1));
    answer.forEach(wholeAnswer::clientGets);
    return List.of(
        certain(
            "first fragment of an answer only",
            809,
            TUNNEL_SETUP,
            Wire.initiated(client())
                .clientSends(Wire.auth(1))
                .clientGets(answer.get(0))
                .failed(809),
            "ip-fragments-dropped"),
        certain(
            "own request left in fragments",
            809,
            TUNNEL_SETUP,
            lostRequest.failed(809),
            "ip-fragments-dropped"),
        certain(
            "administrator: only the first fragment arrived",
            809,
            TUNNEL_SETUP,
            lostAtServer.serverGets(request.get(0)).failed(809),
            "ip-fragments-dropped"),
        candidates(
            "fragments arrive, so they are not it", 809, TUNNEL_SETUP, wholeAnswer.failed(809)));
  }

  private static List<Case> proposals() {
    Packets.Payload refusal = Packets.notify(14, Octets.EMPTY);
    return List.of(
        candidates(
            "client: no proposal chosen",
            13868,
            TUNNEL_SETUP,
            Wire.initiated(client(), refusal).failed(13868),
            "no-common-ike-proposal",
            "ikev2-not-served"),
        certain(
            "administrator: no common proposal",
            13868,
            TUNNEL_SETUP,
            Wire.initiated(administrator(), refusal)
                .ikeFailure("rras", "Local computer", 13868)
                .failed(13868),
            "no-common-ike-proposal"),
        certain(
            "administrator: IKEv2 not served",
            13868,
            TUNNEL_SETUP,
            Wire.initiated(administrator(), refusal)
                .ikeFailure("rras", "Local computer", 13825)
                .failed(13868),
            "ikev2-not-served"));
  }
}
