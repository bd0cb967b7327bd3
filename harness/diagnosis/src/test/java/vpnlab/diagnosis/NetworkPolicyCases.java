package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.EvidenceBuilder.NPS;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER_INSIDE;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.evidence.CapturedPacket.Direction.RECEIVED;
import static vpnlab.evidence.CapturedPacket.Direction.SENT;
import static vpnlab.evidence.Stage.ADDRESS_ASSIGNMENT;
import static vpnlab.evidence.Stage.AUTHENTICATION;
import static vpnlab.evidence.Stage.AUTHORIZATION;
import static vpnlab.evidence.Stage.CONNECTED;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vpnlab.evidence.Stage;

/** Everything that follows the server's proof: accounts, policies, RADIUS, addresses. */
final class NetworkPolicyCases {
  static final String[] CANDIDATES_691 = {
    "wrong-password",
    "unknown-user",
    "account-locked",
    "account-expired",
    "auth-provider-misconfigured",
    "server-not-domain-joined",
    "ras-ias-group-missing",
    "ras-ias-group-wrong-kind",
    "access-check-read-missing",
    "server-not-registered-in-ad",
    "ad-membership-cached",
    "nt4-pre2000-access-missing",
    "nt4-dc-restart-pending",
    "directory-unreachable",
    "computer-account-broken"
  };
  private static final String[] CANDIDATES_812 = {
    "eap-method-not-allowed", "nps-policy-denies", "nps-no-matching-policy"
  };
  private static final String[] SILENT_RADIUS = {
    "nps-down",
    "nps-radius-client-unknown",
    "radius-shared-secret-mismatch",
    "radius-port-blocked",
    "radius-port-mismatch",
    "directory-unreachable",
    "computer-account-broken"
  };

  private NetworkPolicyCases() {}

  static Stream<Case> all() {
    return Stream.of(accounts(), policies(), radius(), accounting(), addresses())
        .flatMap(List::stream);
  }

  private static Case denied(int code, Stage stage, int reason, String cause) {
    return certain(
        "administrator: NPS reason " + reason + " gives " + cause,
        code,
        stage,
        Wire.proven(administrator()).denied("CORP\\alice", reason).failed(code),
        cause);
  }

  private static Case atClient(int code, Stage stage, String... causes) {
    return certain("client: " + code, code, stage, Wire.proven(client()).failed(code), causes);
  }

  private static List<Case> accounts() {
    return List.of(
        candidates(
            "client: 691", 691, AUTHENTICATION, Wire.proven(client()).failed(691), CANDIDATES_691),
        candidates(
            "administrator: 691 without NPS's log",
            691,
            AUTHENTICATION,
            Wire.proven(administrator()).failed(691),
            CANDIDATES_691),
        candidates(
            "administrator: NPS denied another user only",
            691,
            AUTHENTICATION,
            Wire.proven(administrator()).denied("CORP\\bob", 36).failed(691),
            CANDIDATES_691),
        denied(691, AUTHENTICATION, 16, "wrong-password"),
        denied(691, AUTHENTICATION, 8, "unknown-user"),
        denied(691, AUTHENTICATION, 36, "account-locked"),
        denied(691, AUTHENTICATION, 35, "account-expired"),
        denied(647, AUTHENTICATION, 34, "account-disabled"),
        denied(648, AUTHENTICATION, 33, "password-expired"),
        denied(646, AUTHENTICATION, 37, "outside-logon-hours"),
        denied(649, AUTHORIZATION, 65, "no-dial-in-permission"),
        denied(812, AUTHENTICATION, 34, "account-disabled"),
        atClient(647, AUTHENTICATION, "account-disabled"),
        atClient(648, AUTHENTICATION, "password-expired"),
        atClient(646, AUTHENTICATION, "outside-logon-hours"),
        atClient(649, AUTHORIZATION, "no-dial-in-permission"));
  }

  private static List<Case> policies() {
    return List.of(
        candidates(
            "client: prompt 812",
            812,
            AUTHENTICATION,
            Wire.proven(client()).request(Wire.auth(2)).answer(Wire.authAnswer(2)).failed(812),
            CANDIDATES_812),
        denied(812, AUTHENTICATION, 66, "eap-method-not-allowed"),
        denied(812, AUTHENTICATION, 22, "eap-method-not-allowed"),
        denied(812, AUTHORIZATION, 65, "nps-policy-denies"),
        certain(
            "administrator: NPS denied for 16, the client's log is cut off, and no lease says nothing",
            691,
            AUTHENTICATION,
            Wire.proven(administrator()).denied("alice", 16).build(),
            "wrong-password"),
        denied(812, AUTHORIZATION, 71, "nps-policy-denies"),
        denied(812, AUTHORIZATION, 48, "nps-no-matching-policy"),
        denied(812, AUTHORIZATION, 49, "nps-no-request-policy"),
        denied(812, AUTHORIZATION, 67, "caller-id-mismatch"),
        denied(812, AUTHORIZATION, 68, "outside-policy-hours"),
        denied(812, AUTHORIZATION, 69, "called-station-not-allowed"),
        denied(812, AUTHORIZATION, 70, "port-type-not-allowed"),
        certain(
            "administrator: no matching policy, although 20276 speaks of the method",
            812,
            AUTHORIZATION,
            Wire.proven(administrator())
                .denied("alice", 48)
                .event("rras", "System", "RemoteAccess", 20276, "Reason", "method mismatch")
                .failed(812),
            "nps-no-matching-policy"));
  }

  static EvidenceBuilder timedOut(EvidenceBuilder story) {
    return Wire.proven(story)
        .request(Wire.auth(2))
        .after(Duration.ofSeconds(15))
        .answer(Wire.authAnswer(2))
        .event("rras", "System", "RemoteAccess", 20271, "ErrorCode", "0x3A2");
  }

  private static EvidenceBuilder asked(EvidenceBuilder story) {
    return story.packet("rras", SENT, Wire.accessRequest());
  }

  private static EvidenceBuilder arrived(EvidenceBuilder story) {
    return asked(story).packet("nps", RECEIVED, Wire.accessRequest());
  }

  private static List<Case> radius() {
    Map<String, String> stopped = Map.of("IAS", "Stopped");
    return List.of(
        candidates(
            "client: late 812", 812, AUTHENTICATION, timedOut(client()).failed(812), SILENT_RADIUS),
        candidates(
            "client without capture: late 812",
            812,
            AUTHENTICATION,
            client().dialing().linkTried().ras(20223).after(Duration.ofSeconds(15)).failed(812),
            SILENT_RADIUS),
        certain(
            "administrator: IAS stopped",
            812,
            AUTHENTICATION,
            arrived(timedOut(administrator().host("nps", stopped, NPS))).failed(812),
            "nps-down"),
        certain(
            "administrator: NPS says port unreachable",
            812,
            AUTHENTICATION,
            arrived(timedOut(administrator().host("nps", Map.of(), NPS)))
                .packet("rras", RECEIVED, Packets.unreachable(NPS, 3, Wire.accessRequest()))
                .failed(812),
            "nps-down"),
        certain(
            "administrator: a filter refuses RADIUS openly",
            812,
            AUTHENTICATION,
            asked(timedOut(administrator()))
                .packet("rras", RECEIVED, Packets.unreachable(NPS, 13, Wire.accessRequest()))
                .failed(812),
            "radius-port-blocked"),
        certain(
            "administrator: a filter says port unreachable for an NPS that runs",
            812,
            AUTHENTICATION,
            asked(timedOut(administrator()))
                .packet("rras", RECEIVED, Packets.unreachable(NPS, 3, Wire.accessRequest()))
                .failed(812),
            "radius-port-blocked"),
        certain(
            "administrator: NPS listens on the old port",
            812,
            AUTHENTICATION,
            asked(timedOut(administrator().listening("nps", "udp/" + NPS + ":1645")))
                .packet("rras", RECEIVED, Packets.unreachable(NPS, 3, Wire.accessRequest()))
                .failed(812),
            "radius-port-mismatch"),
        certain(
            "administrator: NPS listens on the right port, and a filter says it does not",
            812,
            AUTHENTICATION,
            asked(timedOut(administrator().listening("nps", "udp/" + NPS + ":1812")))
                .packet("rras", RECEIVED, Packets.unreachable(NPS, 3, Wire.accessRequest()))
                .failed(812),
            "radius-port-blocked"),
        certain(
            "administrator: event 13",
            812,
            AUTHENTICATION,
            arrived(timedOut(administrator()))
                .event("nps", "System", "NPS", 13, "ClientAddress", SERVER_INSIDE)
                .failed(812),
            "nps-radius-client-unknown"),
        certain(
            "administrator: event 18",
            812,
            AUTHENTICATION,
            arrived(timedOut(administrator()))
                .event("nps", "System", "NPS", 18, "ClientAddress", SERVER_INSIDE)
                .failed(812),
            "radius-shared-secret-mismatch"),
        certain(
            "administrator: RRAS does not accept the answers",
            812,
            AUTHENTICATION,
            arrived(timedOut(administrator()))
                .packet("nps", SENT, Wire.accessChallenge())
                .packet("rras", RECEIVED, Wire.accessChallenge())
                .failed(812),
            "radius-shared-secret-mismatch"),
        certain(
            "administrator: requests lost",
            812,
            AUTHENTICATION,
            asked(timedOut(administrator())).failed(812),
            "radius-port-blocked"),
        certain(
            "administrator: NPS's firewall",
            812,
            AUTHENTICATION,
            arrived(timedOut(administrator()))
                .firewallDrop("nps", "Inbound", 50000, 1812)
                .failed(812),
            "radius-port-blocked"),
        certain(
            "administrator: answers lost",
            812,
            AUTHENTICATION,
            arrived(timedOut(administrator()))
                .packet("nps", SENT, Wire.accessChallenge())
                .failed(812),
            "radius-port-blocked"),
        candidates(
            "administrator: event 13 about another host",
            812,
            AUTHENTICATION,
            arrived(timedOut(administrator()))
                .event("nps", "System", "NPS", 13, "ClientAddress", "10.0.0.77")
                .failed(812)));
  }

  private static EvidenceBuilder connected(EvidenceBuilder story) {
    return Wire.proven(story).connected();
  }

  private static EvidenceBuilder reported(EvidenceBuilder story) {
    return connected(story).packet("rras", SENT, Wire.accountingRequest());
  }

  private static EvidenceBuilder givenUp(EvidenceBuilder story) {
    return story
        .after(Duration.ofSeconds(15))
        .event("rras", "System", "RemoteAccess", 20146, "Server", NPS);
  }

  private static Case nothingWrong(String name, EvidenceBuilder story) {
    return certain(name, 0, CONNECTED, story.build());
  }

  private static List<Case> accounting() {
    return List.of(
        certain(
            "administrator: accounting lost on the way, and RRAS has given up",
            0,
            CONNECTED,
            givenUp(reported(administrator())).build(),
            "radius-accounting-blocked"),
        certain(
            "administrator: NPS's firewall drops accounting",
            0,
            CONNECTED,
            reported(administrator())
                .packet("nps", RECEIVED, Wire.accountingRequest())
                .firewallDrop("nps", "Inbound", 50001, 1813)
                .build(),
            "radius-accounting-blocked"),
        certain(
            "administrator: RRAS's own filter drops accounting on the old port",
            0,
            CONNECTED,
            connected(administrator()).firewallDrop("rras", "Outbound", 50001, 1646).build(),
            "radius-accounting-blocked"),
        nothingWrong(
            "administrator: an accounting request that is still under way",
            reported(administrator())),
        nothingWrong(
            "administrator: accounting was acknowledged in the end",
            givenUp(reported(administrator())).packet("rras", RECEIVED, Wire.accountingResponse())),
        nothingWrong(
            "administrator: NPS got the accounting request and is silent",
            givenUp(reported(administrator()).packet("nps", RECEIVED, Wire.accountingRequest()))),
        nothingWrong(
            "administrator: NPS's firewall drops something else",
            connected(administrator()).firewallDrop("nps", "Inbound", 50001, 1812)),
        nothingWrong("client: knows nothing of accounting", givenUp(reported(client()))));
  }

  private static EvidenceBuilder lease(EvidenceBuilder story, int id, String address) {
    return story.event("rras", "System", "RemoteAccess", id, "CoId", "{9}", "Address", address);
  }

  private static List<Case> addresses() {
    return List.of(
        candidates(
            "client: 840",
            840,
            ADDRESS_ASSIGNMENT,
            Wire.proven(client()).failed(840),
            "address-pool-exhausted",
            "address-pool-empty",
            "framed-address-in-use"),
        certain(
            "administrator: another client holds the last address",
            840,
            ADDRESS_ASSIGNMENT,
            Wire.proven(lease(administrator(), 20274, "10.8.0.10"))
                .event("rras", "System", "RemoteAccess", 20167)
                .failed(840),
            "address-pool-exhausted"),
        certain(
            "administrator: another client holds the address of the policy",
            840,
            ADDRESS_ASSIGNMENT,
            Wire.proven(lease(administrator(), 20274, "10.8.0.77"))
                .event(
                    "rras",
                    "System",
                    "RemoteAccess",
                    20255,
                    "CoId",
                    "{7}",
                    "Reason",
                    "The Framed-IP-Address 10.8.0.77 is in use.")
                .failed(840),
            "framed-address-in-use"),
        certain(
            "administrator: an error of PPP that is about something else",
            840,
            ADDRESS_ASSIGNMENT,
            Wire.proven(lease(administrator(), 20274, "10.8.0.10"))
                .event(
                    "rras", "System", "RemoteAccess", 20255, "CoId", "{7}", "Reason", "No answer.")
                .failed(840),
            "address-pool-exhausted"),
        certain(
            "administrator: no lease and no address",
            840,
            ADDRESS_ASSIGNMENT,
            Wire.proven(administrator()).event("rras", "System", "RemoteAccess", 20167).failed(840),
            "address-pool-empty"),
        certain(
            "administrator: the only lease came back",
            840,
            ADDRESS_ASSIGNMENT,
            Wire.proven(lease(lease(administrator(), 20274, "10.8.0.10"), 20275, "10.8.0.10"))
                .event("rras", "System", "RemoteAccess", 20167)
                .failed(840),
            "address-pool-empty"));
  }
}
