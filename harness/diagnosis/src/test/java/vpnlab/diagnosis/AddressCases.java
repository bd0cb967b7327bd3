package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.DataPathCases.echo;
import static vpnlab.diagnosis.DataPathCases.espInUdp;
import static vpnlab.diagnosis.DataPathCases.up;
import static vpnlab.diagnosis.EvidenceBuilder.CLIENT;
import static vpnlab.diagnosis.EvidenceBuilder.NPS;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER_INSIDE;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.evidence.CapturedPacket.Direction.RECEIVED;
import static vpnlab.evidence.CapturedPacket.Direction.SENT;
import static vpnlab.evidence.Stage.DATA_PATH;
import static vpnlab.evidence.Stage.REACHABILITY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.evidence.Evidence;
import vpnlab.wire.Octets;
import vpnlab.wire.dhcp.DhcpMessage;
import vpnlab.wire.dhcp.DhcpMessageType;
import vpnlab.wire.dhcp.DhcpOption;
import vpnlab.wire.dhcp.DhcpOptionCode;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.radius.PacketFilters;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;

/** Connected with the wrong address, without a name server, or without a way on. */
final class AddressCases {
  private static final String[] AUTOMATIC = {
    "dhcp-unavailable", "dhcp-wrong-adapter", "dhcp-scope-missing", "dhcp-scope-exhausted"
  };
  private static final String[] NO_NAME_SERVER = {
    "dhcp-options-missing", "name-servers-not-handed-out"
  };
  private static final String[] LOST_ANSWERS = {
    "address-pool-unrouted", "no-return-route", "address-pool-overlap"
  };
  private static final String DHCP = "10.0.0.6";
  private static final String FILES = "10.0.0.5";
  private static final String INNER = "10.8.0.10";
  private static final Octets ANY = Octets.zeros(4);

  private AddressCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>(automatic());
    all.addAll(pools());
    all.addAll(server());
    all.addAll(names());
    return all;
  }

  private static EvidenceBuilder apipa(EvidenceBuilder builder) {
    return builder
        .dialing()
        .linkTried()
        .connectedAs("169.254.7.7")
        .event("rras", "System", "RemoteAccess", 20169, "Address", "169.254.1.1")
        .request(espInUdp(CLIENT, SERVER))
        .pinged(4, 0);
  }

  private static EvidenceBuilder withDhcp(String state) {
    return administrator()
        .host("dhcp", Map.of("DHCPServer", state), DHCP)
        .routes(
            "rras",
            true,
            "203.0.113.0/24 on-link " + SERVER,
            "10.0.0.0/24 on-link " + SERVER_INSIDE);
  }

  private static Octets dhcp(DhcpMessageType type, String from) {
    DhcpMessage message =
        DhcpMessage.request(
            7,
            Octets.ofHex("02000a000002"),
            Ipv4Address.ANY,
            List.of(DhcpOption.messageType(type)));
    return Packets.udp(from, 68, "255.255.255.255", 67, message.encode());
  }

  private static Octets informed(List<Ipv4Address> nameServers) {
    List<DhcpOption> options =
        new ArrayList<>(List.of(DhcpOption.messageType(DhcpMessageType.ACK)));
    if (!nameServers.isEmpty()) {
      options.add(DhcpOption.addresses(DhcpOptionCode.DOMAIN_NAME_SERVER, nameServers));
    }
    DhcpMessage answer =
        DhcpMessage.request(7, Octets.ofHex("02000a000002"), Ipv4Address.ANY, List.of())
            .reply(Ipv4Address.ANY, options);
    return Packets.udp(DHCP, 67, SERVER_INSIDE, 68, answer.encode());
  }

  private static List<Case> automatic() {
    Octets inside = dhcp(DhcpMessageType.DISCOVER, SERVER_INSIDE);
    Octets outside = dhcp(DhcpMessageType.DISCOVER, SERVER);
    return List.of(
        candidates("an automatic address", 0, DATA_PATH, apipa(client()).build(), AUTOMATIC),
        candidates(
            "an automatic address, and nothing is known of a DHCP server",
            0,
            DATA_PATH,
            apipa(administrator()).build(),
            AUTOMATIC),
        certain(
            "the DHCP server is stopped",
            0,
            DATA_PATH,
            apipa(withDhcp("Stopped")).build(),
            "dhcp-unavailable"),
        certain(
            "DHCPDISCOVER leaves where no DHCP server is",
            0,
            DATA_PATH,
            apipa(withDhcp("Running").serverSends(outside)).build(),
            "dhcp-wrong-adapter"),
        candidates(
            "DHCPDISCOVER leaves on the right network and nobody hears it",
            0,
            DATA_PATH,
            apipa(withDhcp("Running").serverSends(inside)).build(),
            AUTOMATIC),
        certain(
            "the DHCP server hears and says nothing",
            0,
            DATA_PATH,
            apipa(withDhcp("Running").serverSends(inside).packet("dhcp", RECEIVED, inside)).build(),
            "dhcp-scope-missing"),
        candidates(
            "the DHCP server's own firewall drops what RRAS asks",
            0,
            DATA_PATH,
            apipa(
                    withDhcp("Running")
                        .serverSends(inside)
                        .packet("dhcp", RECEIVED, inside)
                        .firewallDrop("dhcp", "Inbound", 68, 67))
                .build(),
            AUTOMATIC),
        certain(
            "the DHCP server's log has entry 14",
            0,
            DATA_PATH,
            apipa(
                    withDhcp("Running")
                        .event("dhcp", "DhcpSrvLog", "DhcpServer", 14, "ClientId", "01")
                        .serverSends(inside)
                        .packet("dhcp", RECEIVED, inside))
                .build(),
            "dhcp-scope-exhausted"));
  }

  private static EvidenceBuilder lost(EvidenceBuilder builder) {
    return up(builder)
        .request(espInUdp(CLIENT, SERVER))
        .packet("files", SENT, echo(FILES, INNER))
        .pinged(4, 0);
  }

  /** The file server sends everything to a router that has this route. */
  private static EvidenceBuilder routed(String ofRouter) {
    return administrator()
        .host("files", Map.of(), FILES)
        .routes("files", false, "10.0.0.0/24 on-link " + FILES, "0.0.0.0/0 via 10.0.0.1")
        .host("core", Map.of(), "10.0.0.1")
        .routes("core", true, ofRouter);
  }

  private static List<Case> pools() {
    return List.of(
        certain(
            "the intranet routes another network to the server",
            0,
            DATA_PATH,
            lost(administrator()
                    .host("core", Map.of(), "10.0.0.1")
                    .routes("core", true, "10.9.0.0/24 via " + SERVER_INSIDE))
                .build(),
            "address-pool-unrouted"),
        certain(
            "the intranet routes the right network to another router, which knows no further",
            0,
            DATA_PATH,
            lost(routed("10.8.0.0/24 via 10.0.0.9")
                    .host("other", Map.of(), "10.0.0.9")
                    .routes("other", true, "10.0.0.0/24 on-link 10.0.0.9"))
                .build(),
            "no-return-route"),
        candidates(
            "the intranet routes the right network to a router of which nothing is known",
            0,
            DATA_PATH,
            lost(routed("10.8.0.0/24 via 10.0.0.9")).build(),
            LOST_ANSWERS),
        candidates(
            "answers are lost, and nothing is known of the intranet's hosts",
            0,
            DATA_PATH,
            lost(administrator()).build(),
            LOST_ANSWERS),
        certain(
            "answers are lost, nothing is known of hosts, and one complains of a conflict",
            0,
            DATA_PATH,
            lost(administrator().event("files", "System", "Tcpip", 4199, "Address", INNER)).build(),
            "address-pool-overlap"),
        certain(
            "a file server has the client's address",
            0,
            DATA_PATH,
            lost(administrator().host("files", Map.of(), INNER)).build(),
            "address-pool-overlap"),
        certain(
            "the VPN server itself has the client's address",
            0,
            DATA_PATH,
            administrator()
                .dialing()
                .linkTried()
                .connectedAs(SERVER_INSIDE)
                .request(espInUdp(CLIENT, SERVER))
                .packet("files", SENT, echo(FILES, SERVER_INSIDE))
                .packet("rras", RECEIVED, echo(FILES, SERVER_INSIDE))
                .pinged(4, 0)
                .build(),
            "address-pool-overlap"),
        certain(
            "a file server complains of a conflict",
            0,
            DATA_PATH,
            lost(administrator()
                    .host("files", Map.of())
                    .event("files", "System", "Tcpip", 4199, "Address", INNER))
                .build(),
            "address-pool-overlap"),
        certain(
            "a conflict about another address explains nothing",
            0,
            DATA_PATH,
            lost(routed("10.0.0.0/24 on-link 10.0.0.1")
                    .event("files", "System", "Tcpip", 4199, "Address", FILES))
                .build(),
            "no-return-route"));
  }

  private static List<Case> server() {
    Octets ping = echo(INNER, FILES);
    String[] table = {"203.0.113.0/24 on-link " + SERVER, "10.0.0.0/24 on-link " + SERVER_INSIDE};
    return List.of(
        certain(
            "packets come out of the tunnel and the server does not route",
            0,
            DATA_PATH,
            up(administrator().routes("rras", false, table))
                .request(espInUdp(CLIENT, SERVER))
                .inner("rras", "Internal", RECEIVED, ping)
                .pinged(4, 0)
                .build(),
            "lan-access-limited"),
        candidates(
            "packets come out of the tunnel and the server routes",
            0,
            DATA_PATH,
            up(administrator().routes("rras", true, table))
                .request(espInUdp(CLIENT, SERVER))
                .inner("rras", "Internal", RECEIVED, ping)
                .pinged(4, 0)
                .build()),
        certain(
            "the policy's filters drop pings",
            0,
            DATA_PATH,
            filtered(ping, 6),
            "policy-packet-filter"),
        candidates("the policy's filters permit pings", 0, DATA_PATH, filtered(ping, 1)),
        certain(
            "the policy's filters drop the answers to pings",
            0,
            DATA_PATH,
            answersFiltered(6),
            "policy-packet-filter"),
        candidates(
            "the policy's filters permit the answers to pings", 0, DATA_PATH, answersFiltered(1)),
        candidates(
            "the filters of another user's policy would drop pings",
            0,
            DATA_PATH,
            filteredFor("bob", permitting(6), ping)),
        certain(
            "the filters of the user's own policy drop pings",
            0,
            DATA_PATH,
            filteredFor("CORP\\alice", permitting(6), ping),
            "policy-packet-filter"),
        candidates(
            "the filters would drop what another client sends",
            0,
            DATA_PATH,
            filtered(echo("10.8.0.11", FILES), 6)),
        candidates(
            "a later fragment has no ports that filters could look at",
            0,
            DATA_PATH,
            laterFragmentFiltered()),
        certain(
            "the wanted network does not go into the tunnel",
            0,
            DATA_PATH,
            up(client()
                    .routes("laptop", false, "172.16.0.0/12 tunnel corp", "0.0.0.0/0 via 1.1.1.1"))
                .pinged(4, 0)
                .build(),
            "split-tunnel-route-missing"),
        certain(
            "the server answers by another interface",
            809,
            REACHABILITY,
            Wire.dialed(
                    administrator()
                        .routes("rras", true, table[0], table[1], "0.0.0.0/0 via 10.0.0.1"))
                .request(Wire.init())
                .serverSends(Wire.initAnswer())
                .failed(809),
            "rras-default-gateway-inside"));
  }

  private static PacketFilters.Direction permitting(int protocol) {
    return new PacketFilters.Direction(
        true, List.of(new PacketFilters.Filter(ANY, ANY, ANY, ANY, protocol, 0, 0)));
  }

  private static Octets accept(PacketFilters filters) {
    RadiusPacket accept =
        new RadiusPacket(RadiusCode.ACCESS_ACCEPT, 1, Octets.zeros(16), filters.toAttributes());
    return Packets.udp(NPS, 1812, SERVER_INSIDE, 50_000, accept.encode());
  }

  private static Octets input(PacketFilters.Direction input) {
    return accept(new PacketFilters(Optional.of(input), Optional.empty()));
  }

  /** An Access-Accept whose filters permit one protocol, and a ping. */
  private static Evidence filtered(Octets ping, int protocol) {
    return up(administrator())
        .serverGets(input(permitting(protocol)))
        .request(espInUdp(CLIENT, SERVER))
        .inner("rras", "Internal", RECEIVED, ping)
        .pinged(4, 0)
        .build();
  }

  /** The same for answers to the client. */
  private static Evidence answersFiltered(int protocol) {
    return up(administrator())
        .serverGets(accept(new PacketFilters(Optional.empty(), Optional.of(permitting(protocol)))))
        .request(espInUdp(CLIENT, SERVER))
        .inner("rras", "Internal", RECEIVED, echo(INNER, FILES))
        .serverGets(echo(FILES, INNER))
        .pinged(4, 0)
        .build();
  }

  /** An Access-Accept that answers a request for this user. */
  private static Evidence filteredFor(String user, PacketFilters.Direction input, Octets ping) {
    RadiusPacket request =
        new RadiusPacket(
            RadiusCode.ACCESS_REQUEST,
            1,
            Octets.zeros(16),
            List.of(RadiusAttribute.text(RadiusAttributeType.USER_NAME, user)));
    return up(administrator())
        .serverSends(Packets.udp(SERVER_INSIDE, 50_000, NPS, 1812, request.encode()))
        .serverGets(input(input))
        .request(espInUdp(CLIENT, SERVER))
        .inner("rras", "Internal", RECEIVED, ping)
        .pinged(4, 0)
        .build();
  }

  /** Only DNS is permitted; the first fragment of a query, and the second. */
  private static Evidence laterFragmentFiltered() {
    PacketFilters.Direction names =
        new PacketFilters.Direction(
            true, List.of(new PacketFilters.Filter(ANY, ANY, ANY, ANY, 17, 0, 53)));
    List<Octets> query = Packets.fragments(INNER, 50_000, FILES, 53, Octets.zeros(40), 24);
    return up(administrator())
        .serverGets(input(names))
        .request(espInUdp(CLIENT, SERVER))
        .inner("rras", "Internal", RECEIVED, query.get(0))
        .inner("rras", "Internal", RECEIVED, query.get(1))
        .pinged(4, 0)
        .build();
  }

  private static List<Case> names() {
    Octets ping = echo(INNER, FILES);
    Octets query = Packets.udp(INNER, 50_000, "10.0.0.4", 53, Octets.zeros(20));
    return List.of(
        candidates(
            "names only, and nobody was asked",
            0,
            DATA_PATH,
            looking(client(), ping),
            NO_NAME_SERVER),
        candidates(
            "a name server was asked and does not know the name",
            0,
            DATA_PATH,
            looking(client().inner("laptop", "corp", SENT, query), ping)),
        certain(
            "DHCP told RRAS no name server",
            0,
            DATA_PATH,
            looking(
                administrator()
                    .serverSends(dhcp(DhcpMessageType.INFORM, SERVER_INSIDE))
                    .serverGets(informed(List.of())),
                ping),
            "dhcp-options-missing"),
        candidates(
            "DHCP told RRAS a name server",
            0,
            DATA_PATH,
            looking(
                administrator()
                    .serverSends(dhcp(DhcpMessageType.INFORM, SERVER_INSIDE))
                    .serverGets(informed(List.of(Ipv4Address.parse("10.0.0.4")))),
                ping)),
        certain(
            "RRAS does not speak DHCP",
            0,
            DATA_PATH,
            looking(administrator(), ping),
            "name-servers-not-handed-out"));
  }

  private static Evidence looking(EvidenceBuilder builder, Octets ping) {
    return up(builder)
        .inner("laptop", "corp", SENT, ping)
        .request(espInUdp(CLIENT, SERVER))
        .answer(espInUdp(SERVER, CLIENT))
        .pinged(4, 4)
        .lookedUpInVain("files.corp.example")
        .build();
  }
}
