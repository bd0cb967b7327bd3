package vpnlab.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.ServerValidation;
import vpnlab.evidence.StoredCertificate;
import vpnlab.evidence.TlsExtensions;
import vpnlab.evidence.Vantage;
import vpnlab.wire.Octets;

/** Tells the story of one attempt, in order, and gives the evidence of it. */
final class EvidenceBuilder {
  static final String CLIENT = "198.51.100.20";
  static final String SERVER = "203.0.113.10";
  static final String SERVER_INSIDE = "10.0.0.2";
  static final String NPS = "10.0.0.3";
  static final String NAME = "vpn.corp.example";
  static final String AUDITING = "Microsoft-Windows-Security-Auditing";

  private final Vantage vantage;
  private String server = NAME;
  private String authentication = "eap-mschapv2";
  private String user = "alice";
  private boolean deviceCompliance;
  private Optional<TlsExtensions> tlsExtensions = Optional.empty();
  private Optional<ServerValidation> validation = Optional.empty();
  private Instant now = Instant.parse("2026-01-15T09:00:00Z");
  private Duration clientClock = Duration.ZERO;
  private final List<CapturedPacket> packets = new ArrayList<>();
  private final List<EventRecord> events = new ArrayList<>();
  private final List<StoredCertificate> certificates = new ArrayList<>();
  private final List<ProbeResult> probes = new ArrayList<>();
  private final List<HostFacts> hosts = new ArrayList<>();

  private EvidenceBuilder(Vantage vantage) {
    this.vantage = vantage;
    hosts.add(new HostFacts("laptop", List.of(CLIENT), Map.of("RasMan", "Running"), List.of()));
  }

  static EvidenceBuilder client() {
    return new EvidenceBuilder(Vantage.CLIENT);
  }

  /** The administrator also has the servers' facts, all running unless said otherwise. */
  static EvidenceBuilder administrator() {
    return new EvidenceBuilder(Vantage.ADMINISTRATOR)
        .host("rras", Map.of("RemoteAccess", "Running", "IKEEXT", "Running"), SERVER, SERVER_INSIDE)
        .host("nps", Map.of("IAS", "Running"), NPS);
  }

  boolean isAdministrator() {
    return vantage == Vantage.ADMINISTRATOR;
  }

  EvidenceBuilder dials(String what) {
    server = what;
    return this;
  }

  EvidenceBuilder authenticatesWith(String method) {
    authentication = method;
    return this;
  }

  /** The profile judges the certificate of NPS by these roots (thumbprints) and names. */
  EvidenceBuilder validatesBy(List<String> roots, List<String> names) {
    validation = Optional.of(new ServerValidation(true, roots, names, false));
    return this;
  }

  /** Conditional access is on, with that filter for certificates. */
  EvidenceBuilder conditionalAccess(Optional<TlsExtensions> filter) {
    deviceCompliance = true;
    tlsExtensions = filter;
    return this;
  }

  EvidenceBuilder user(String name) {
    user = name;
    return this;
  }

  /** Replaces what was said of the host before. */
  EvidenceBuilder host(HostFacts facts) {
    withoutHost(facts.host());
    hosts.add(facts);
    return this;
  }

  /** Replaces what was said of the host before. */
  EvidenceBuilder host(String name, Map<String, String> services, String... addresses) {
    withoutHost(name);
    hosts.add(new HostFacts(name, List.of(addresses), services, List.of()));
    return this;
  }

  EvidenceBuilder listening(String name, String... listeners) {
    HostFacts old = hosts.stream().filter(h -> h.host().equals(name)).findFirst().orElseThrow();
    withoutHost(name);
    hosts.add(new HostFacts(name, old.addresses(), old.services(), List.of(listeners)));
    return this;
  }

  EvidenceBuilder withoutHost(String name) {
    hosts.removeIf(host -> host.host().equals(name));
    return this;
  }

  EvidenceBuilder after(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  /** The client's clock is ahead by that much from here on. */
  EvidenceBuilder clientClockAhead(Duration duration) {
    clientClock = duration;
    return this;
  }

  /** The client's time service compares the clock with the truth. */
  EvidenceBuilder timeServiceReports() {
    boolean wrong = clientClock.abs().compareTo(Duration.ofHours(15)) > 0;
    String offset = Long.toString(-clientClock.toSeconds());
    return event(
        "laptop",
        "System",
        "Microsoft-Windows-Time-Service",
        wrong ? 34 : 35,
        "TimeSource",
        "time",
        "OffsetSeconds",
        offset);
  }

  EvidenceBuilder event(String host, String log, String source, int id, String... data) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < data.length; i += 2) {
      map.put(data[i], data[i + 1]);
    }
    now = now.plusMillis(1);
    Instant at = host.equals("laptop") ? now.plus(clientClock) : now;
    events.add(
        new EventRecord(at, host, log, source, id, EventRecord.Level.INFORMATION, map, "..."));
    return this;
  }

  EvidenceBuilder audit(String host, int id, String... data) {
    return event(host, "Security", AUDITING, id, data);
  }

  EvidenceBuilder ras(int id, String... data) {
    return event("laptop", "Application", "RasClient", id, data);
  }

  EvidenceBuilder dialing() {
    return ras(20221, "CoId", "{1}", "Server", server);
  }

  EvidenceBuilder linkTried() {
    return ras(20222, "CoId", "{1}", "Server", server);
  }

  EvidenceBuilder resolved(String status, String results) {
    return event(
        "laptop",
        "Microsoft-Windows-DNS-Client/Operational",
        "Microsoft-Windows-DNS-Client",
        3008,
        "QueryName",
        server,
        "QueryType",
        "1",
        "QueryStatus",
        status,
        "QueryResults",
        results);
  }

  EvidenceBuilder connected() {
    return ras(20224, "CoId", "{1}").ras(20225, "CoId", "{1}", "TunnelIpAddress", "10.8.0.10");
  }

  Evidence failed(int code) {
    return ras(20227, "CoId", "{1}", "ErrorCode", Integer.toString(code)).build();
  }

  EvidenceBuilder packet(String host, Direction direction, Octets ip) {
    if (isAdministrator() || host.equals("laptop")) {
      now = now.plusMillis(1);
      packets.add(new CapturedPacket(now, host, direction, ip));
    }
    return this;
  }

  /** The user pings an intranet host. */
  EvidenceBuilder pinged(int sent, int received) {
    String error = received == 0 ? "timed out" : "";
    probes.add(
        new ProbeResult(
            now,
            "laptop",
            ProbeResult.Kind.PING,
            "10.0.0.5",
            sent,
            received,
            received == 0 ? "" : "10.0.0.5",
            error));
    return this;
  }

  EvidenceBuilder clientSends(Octets ip) {
    return packet("laptop", Direction.SENT, ip);
  }

  EvidenceBuilder clientGets(Octets ip) {
    return packet("laptop", Direction.RECEIVED, ip);
  }

  EvidenceBuilder serverSends(Octets ip) {
    return packet("rras", Direction.SENT, ip);
  }

  EvidenceBuilder serverGets(Octets ip) {
    return packet("rras", Direction.RECEIVED, ip);
  }

  /** Client to server, all the way. */
  EvidenceBuilder request(Octets ip) {
    return clientSends(ip).serverGets(ip);
  }

  /** Server to client, all the way. */
  EvidenceBuilder answer(Octets ip) {
    return serverSends(ip).clientGets(ip);
  }

  EvidenceBuilder stored(String host, String store, TestCertificate certificate) {
    certificates.add(new StoredCertificate(host, store, certificate.der(), false));
    return this;
  }

  EvidenceBuilder storedWithKey(String host, String store, TestCertificate certificate) {
    certificates.add(new StoredCertificate(host, store, certificate.der(), true));
    return this;
  }

  /** CAPI2 90, 11 and 30 as the host writes them about what its peer sent. */
  EvidenceBuilder checkedChain(
      String host, String errorStatus, String built, String checked, TestCertificate... sent) {
    String log = "Microsoft-Windows-CAPI2/Operational";
    String source = "Microsoft-Windows-CAPI2";
    List<String> words = new ArrayList<>();
    for (TestCertificate one : sent) {
      words.add(Base64.getEncoder().encodeToString(one.der().toArray()));
    }
    return event(host, log, source, 90, "Certificates", String.join(" ", words))
        .event(
            host, log, source, 11, "Subject", "CN=?", "ErrorStatus", errorStatus, "Result", built)
        .event(host, log, source, 30, "Policy", "SSL", "ServerName", server, "Result", checked);
  }

  /** 4653 as one end writes it. */
  EvidenceBuilder ikeFailure(String host, String failurePoint, int code) {
    return audit(
        host,
        4653,
        "KeyModName",
        "IKEv2",
        "FailurePoint",
        failurePoint,
        "FailureCode",
        Integer.toString(code));
  }

  EvidenceBuilder firewallDrop(String host, String direction, int fromPort, int toPort) {
    return audit(
        host,
        5152,
        "Direction",
        direction,
        "SourcePort",
        Integer.toString(fromPort),
        "DestPort",
        Integer.toString(toPort),
        "Protocol",
        "17",
        "FilterName",
        "Block it");
  }

  EvidenceBuilder denied(String userName, int reason) {
    return audit(
        "nps",
        6273,
        "SubjectUserName",
        userName,
        "NetworkPolicyName",
        "vpn-users",
        "ReasonCode",
        Integer.toString(reason));
  }

  /** With what the user was to authenticate by: {@code PEAP} or {@code EAP}, and the method. */
  EvidenceBuilder denied(String userName, int reason, String authentication, String eapType) {
    return audit(
        "nps",
        6273,
        "SubjectUserName",
        userName,
        "NetworkPolicyName",
        "vpn-users",
        "AuthenticationType",
        authentication,
        "EAPType",
        eapType,
        "ReasonCode",
        Integer.toString(reason));
  }

  Evidence build() {
    boolean all = isAdministrator();
    return new Evidence(
            vantage,
            "laptop",
            new DialedProfile(
                "corp",
                server,
                "ikev2",
                authentication,
                user,
                List.of("aes256-sha256-modp2048", "3des-sha1-modp1024"),
                validation,
                deviceCompliance,
                tlsExtensions),
            packets,
            events.stream().filter(e -> all || e.host().equals("laptop")).toList(),
            certificates.stream().filter(c -> all || c.host().equals("laptop")).toList(),
            hosts)
        .withProbes(probes);
  }
}
