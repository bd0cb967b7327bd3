package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.EvidenceBuilder.CLIENT;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.evidence.Stage.CONNECTED;
import static vpnlab.evidence.Stage.DATA_PATH;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.wire.Octets;

/** Connected, and something that the user tried had no answer. */
final class DataPathCases {
  private static final String INNER = "10.8.0.10";
  private static final String FILES = "10.0.0.5";

  static final String[] NOTHING_COMES_BACK = {
    "esp-blocked",
    "address-pool-unrouted",
    "no-return-route",
    "address-pool-overlap",
    "lan-access-limited",
    "policy-packet-filter"
  };

  private DataPathCases() {}

  static Stream<Case> all() {
    return Stream.of(AddressCases.all(), blocked(), noReturn(), others()).flatMap(List::stream);
  }

  static EvidenceBuilder up(EvidenceBuilder builder) {
    return builder.dialing().linkTried().connected();
  }

  static Octets espInUdp(String from, String to) {
    Octets esp = Octets.concat(Octets.ofHex("c0ffee01 00000001"), Octets.zeros(60));
    return Packets.udp(from, 4500, to, 4500, esp);
  }

  private static Octets espAlone(String from, String to) {
    return Packets.plain(50, from, to, Octets.ofHex("c0ffee01 00000001"));
  }

  static Octets echo(String from, String to) {
    return Packets.plain(1, from, to, Octets.ofHex("0800 0000 0001 0001"));
  }

  private static List<Case> blocked() {
    return List.of(
        candidates(
            "ESP in UDP leaves the client, none comes back",
            0,
            DATA_PATH,
            up(client()).clientSends(espInUdp(CLIENT, SERVER)).pinged(4, 0).build(),
            NOTHING_COMES_BACK),
        candidates(
            "ESP alone leaves the client, none comes back",
            0,
            DATA_PATH,
            up(client()).clientSends(espAlone(CLIENT, SERVER)).pinged(4, 0).build(),
            NOTHING_COMES_BACK),
        certain(
            "the client's own firewall drops ESP in UDP",
            0,
            DATA_PATH,
            up(client()).firewallDrop("laptop", "Outbound", 4500, 4500).pinged(4, 0).build(),
            "esp-blocked"),
        certain(
            "ESP does not arrive at the server",
            0,
            DATA_PATH,
            up(administrator())
                .request(Wire.init())
                .clientSends(espAlone(CLIENT, SERVER))
                .pinged(4, 0)
                .build(),
            "esp-blocked"),
        certain(
            "ESP arrives at the server, its answers do not arrive at the client",
            0,
            DATA_PATH,
            up(administrator())
                .request(espInUdp(CLIENT, SERVER))
                .serverSends(espInUdp(SERVER, CLIENT))
                .pinged(4, 0)
                .build(),
            "esp-blocked"));
  }

  private static List<Case> noReturn() {
    Octets reply = echo(FILES, INNER);
    return List.of(
        certain(
            "a router has no route to the client",
            0,
            DATA_PATH,
            up(administrator()
                    .host("core", Map.of(), "10.0.0.1")
                    .routes("core", true, "10.0.0.0/24 on-link 10.0.0.1"))
                .request(espInUdp(CLIENT, SERVER))
                .packet("files", Direction.SENT, reply)
                .packet("files", Direction.RECEIVED, Packets.unreachable("10.0.0.1", 0, reply))
                .pinged(4, 0)
                .build(),
            "no-return-route"),
        candidates(
            "somebody has no route to the client, and what routes he has is unknown",
            0,
            DATA_PATH,
            up(administrator())
                .request(espInUdp(CLIENT, SERVER))
                .packet("files", Direction.SENT, reply)
                .packet("files", Direction.RECEIVED, Packets.unreachable("10.0.0.1", 0, reply))
                .pinged(4, 0)
                .build(),
            "address-pool-unrouted",
            "no-return-route"),
        certain(
            "answers leave an intranet host and never come to the server",
            0,
            DATA_PATH,
            up(administrator()
                    .host("files", Map.of(), FILES)
                    .routes("files", false, "10.0.0.0/24 on-link " + FILES))
                .request(espInUdp(CLIENT, SERVER))
                .packet("files", Direction.SENT, reply)
                .pinged(4, 0)
                .build(),
            "no-return-route"));
  }

  private static List<Case> others() {
    return List.of(
        candidates(
            "everything was answered",
            0,
            CONNECTED,
            up(client()).clientSends(espAlone(CLIENT, SERVER)).pinged(4, 4).build()),
        candidates(
            "a few pings were lost",
            0,
            CONNECTED,
            up(client()).clientSends(espAlone(CLIENT, SERVER)).pinged(4, 2).build()),
        candidates(
            "no answer, and nothing that would explain it",
            0,
            DATA_PATH,
            up(client())
                .clientSends(espAlone(CLIENT, SERVER))
                .clientGets(espAlone(SERVER, CLIENT))
                .pinged(4, 0)
                .build()));
  }
}
