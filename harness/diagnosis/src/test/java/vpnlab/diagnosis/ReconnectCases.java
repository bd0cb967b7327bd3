package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.evidence.Stage.DATA_PATH;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import vpnlab.evidence.Evidence;
import vpnlab.wire.Octets;

/** Connections that stood and did not survive a change of network. */
final class ReconnectCases {
  private static final String NEW_ADDRESS = "192.168.1.20";
  private static final String OUTSIDE = "198.51.100.7";
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(155);

  private ReconnectCases() {}

  /** A request of the client from its new address, as it leaves, and as it comes to the server. */
  private static Octets update(String from) {
    return Packets.udp(
        from,
        4500,
        SERVER,
        4500,
        Packets.withNonEspMarker(Packets.ike(37, false, 6, Packets.encrypted(60))));
  }

  private static Octets updateAnswer(String to) {
    return Packets.udp(
        SERVER,
        4500,
        to,
        4500,
        Packets.withNonEspMarker(Packets.ike(37, true, 6, Packets.encrypted(60))));
  }

  private static EvidenceBuilder connected(EvidenceBuilder story, String mobility) {
    story.ras(20221, "CoId", "{1}", "Server", "vpn.corp.example", "Mobility", mobility);
    return story
        .resolved("0", SERVER)
        .linkTried()
        .request(Wire.init())
        .answer(Wire.initAnswer())
        .request(Wire.auth(1))
        .answer(Wire.authAnswer(1))
        .ras(20223, "CoId", "{1}")
        .connected();
  }

  private static EvidenceBuilder link(EvidenceBuilder story, int id, String address) {
    return story.event("laptop", "System", "Tcpip", id, "Address", address);
  }

  private static EvidenceBuilder moved(EvidenceBuilder story, String mobility, Duration outage) {
    link(connected(story, mobility), 4202, EvidenceBuilder.CLIENT).after(outage);
    return link(story, 4201, NEW_ADDRESS);
  }

  private static EvidenceBuilder sessionEnded(EvidenceBuilder story) {
    return story.event(
        "rras",
        "System",
        "RemoteAccess",
        20272,
        "CoId",
        "{9}",
        "End",
        "2026-01-15T09:02:30Z",
        "Reason",
        "the peer did not answer");
  }

  private static Evidence lost(EvidenceBuilder story) {
    return story
        .after(Duration.ofMinutes(1))
        .ras(20226, "CoId", "{1}", "ReasonCode", "829")
        .build();
  }

  static Stream<Case> all() {
    return Stream.of(atTheClient(), forTheAdministrator()).flatMap(List::stream);
  }

  private static List<Case> atTheClient() {
    return List.of(
        certain(
            "client: the connection may not move",
            829,
            DATA_PATH,
            lost(moved(client(), "No", SHORT)),
            "mobike-off-at-client"),
        certain(
            "client: it may move and says nothing",
            829,
            DATA_PATH,
            lost(moved(client(), "Yes", SHORT)),
            "mobike-off-at-server"),
        certain(
            "client: it may move and its new network leads nowhere",
            829,
            DATA_PATH,
            lost(
                moved(client(), "Yes", SHORT)
                    .routes("laptop", false, "192.168.1.0/24 on-link " + NEW_ADDRESS)),
            "new-network-blocks-ike"),
        certain(
            "client: it may move, has a way to the server and says nothing",
            829,
            DATA_PATH,
            lost(
                moved(client(), "Yes", SHORT).routes("laptop", false, "0.0.0.0/0 via 192.168.1.1")),
            "mobike-off-at-server"),
        certain(
            "client: the network never came back",
            829,
            DATA_PATH,
            lost(link(connected(client(), "Yes"), 4202, EvidenceBuilder.CLIENT)),
            "mobike-outage-exceeded"),
        candidates(
            "client: no answer after a long outage",
            829,
            DATA_PATH,
            lost(moved(client(), "Yes", LONG).clientSends(update(NEW_ADDRESS))),
            "mobike-outage-exceeded",
            "new-network-blocks-ike"),
        certain(
            "client: no answer after a short outage",
            829,
            DATA_PATH,
            lost(moved(client(), "Yes", SHORT).clientSends(update(NEW_ADDRESS))),
            "new-network-blocks-ike"),
        certain(
            "client: 829 without a change of network",
            829,
            DATA_PATH,
            lost(connected(client(), "Yes"))),
        certain(
            "client: the update was answered, so it is something else",
            829,
            DATA_PATH,
            lost(
                moved(client(), "Yes", LONG)
                    .clientSends(update(NEW_ADDRESS))
                    .clientGets(updateAnswer(NEW_ADDRESS)))),
        certain(
            "client: its own firewall keeps the update",
            829,
            DATA_PATH,
            lost(moved(client(), "Yes", SHORT).firewallDrop("laptop", "Outbound", 4500, 4500))));
  }

  private static List<Case> forTheAdministrator() {
    return List.of(
        certain(
            "administrator: the session ended during the outage",
            829,
            DATA_PATH,
            lost(
                sessionEnded(moved(administrator(), "Yes", LONG))
                    .clientSends(update(NEW_ADDRESS))
                    .serverGets(update(OUTSIDE))),
            "mobike-outage-exceeded"),
        certain(
            "administrator: nothing came from the new network",
            829,
            DATA_PATH,
            lost(
                sessionEnded(moved(administrator(), "Yes", LONG)).clientSends(update(NEW_ADDRESS))),
            "new-network-blocks-ike"),
        certain(
            "administrator: the server's answers do not come to the new network",
            829,
            DATA_PATH,
            lost(
                moved(administrator(), "Yes", SHORT)
                    .clientSends(update(NEW_ADDRESS))
                    .serverGets(update(OUTSIDE))
                    .serverSends(updateAnswer(OUTSIDE))),
            "new-network-blocks-ike"),
        certain(
            "administrator: no MOBIKE at the server",
            829,
            DATA_PATH,
            lost(sessionEnded(moved(administrator(), "Yes", SHORT))),
            "mobike-off-at-server"),
        certain(
            "administrator: no MOBIKE at the client",
            829,
            DATA_PATH,
            lost(sessionEnded(moved(administrator(), "No", SHORT))),
            "mobike-off-at-client"));
  }
}
