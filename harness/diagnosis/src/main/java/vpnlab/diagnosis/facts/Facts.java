package vpnlab.diagnosis.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.StoreListing;
import vpnlab.evidence.Vantage;
import vpnlab.evidence.npslog.NpsLogLine;

/**
 * The evidence as rules ask for it: decoded, put in order, each view worked out once and only when
 * a rule wants it. For one thread.
 */
public final class Facts {
  private static final Map<String, String> DISPLAY_NAMES =
      Map.of(
          "RemoteAccess", "Routing and Remote Access",
          "IKEEXT", "IKE and AuthIP IPsec Keying Modules",
          "IAS", "Network Policy Server");

  /** What only NPS writes: granted, denied, left unanswered. */
  private static final Set<Integer> POLICY_DECISIONS = Set.of(6272, 6273, 6274);

  private final Evidence evidence;
  private final Attempt attempt;
  private final EventLog events;
  private final Lazy<Capture> capture;
  private final Lazy<IkeTraffic> ike;
  private final Lazy<ClientClock> clock;
  private final Lazy<CertificateStores> stores;
  private final Lazy<PeerChain> serverChain;
  private final Lazy<Passage> initPassage;
  private final Lazy<Passage> authPassage;
  private final Lazy<RadiusDialogue> radius;
  private final Lazy<CloudAccess> cloud;
  private final Lazy<DomainView> domain;
  private final Lazy<TunnelTraffic> tunnel;
  private final Lazy<DhcpTraffic> dhcp;
  private final Lazy<Optional<EventRecord>> npsLogDecision;

  public Facts(Evidence evidence) {
    this.evidence = evidence;
    this.attempt = new Attempt(evidence.events(), evidence.client());
    this.events = new EventLog(evidence.events(), attempt.dialedAtIndex());
    this.capture = new Lazy<>(() -> new Capture(evidence.packets(), beginOfAttempt()));
    this.ike = new Lazy<>(() -> new IkeTraffic(capture(), client()));
    this.clock = new Lazy<>(() -> ClientClock.of(evidence.events(), client(), attempt, ike()));
    this.stores = new Lazy<>(() -> new CertificateStores(evidence.certificates()));
    this.serverChain =
        new Lazy<>(() -> new PeerChain(events, client(), stores(), attempt.serverProven()));
    this.initPassage = new Lazy<>(() -> Passage.ofInit(this));
    this.authPassage = new Lazy<>(() -> Passage.ofAuth(this));
    this.cloud =
        new Lazy<>(() -> new CloudAccess(this, evidence.events(), attempt.dialedAtIndex()));
    this.dhcp = new Lazy<>(() -> new DhcpTraffic(new Capture(evidence.packets(), Instant.MIN)));
    this.tunnel = new Lazy<>(() -> new TunnelTraffic(capture(), ike()));
    this.radius = new Lazy<>(() -> new RadiusDialogue(this));
    this.domain = new Lazy<>(() -> new DomainView(this));
    this.npsLogDecision =
        new Lazy<>(
            () ->
                NpsLogDecisions.last(
                    evidence.npsLog(), beginOfAttempt(), evidence.profile().userName()));
  }

  /** In true time; packets of earlier attempts do not count. */
  private Instant beginOfAttempt() {
    boolean severalAttempts =
        evidence.events().stream()
                .filter(event -> event.host().equals(client()) && event.is("RasClient", 20221))
                .count()
            > 1;
    if (!severalAttempts || attempt.dialing().isEmpty()) {
      return Instant.MIN;
    }
    Instant dialed = attempt.dialing().get().at();
    return ClientClock.measured(evidence.events(), client())
        .map(measured -> measured.trueTime(dialed))
        .orElse(dialed)
        .minusSeconds(1); // packets carry microseconds, events perhaps not
  }

  public boolean administrator() {
    return evidence.vantage() == Vantage.ADMINISTRATOR;
  }

  public String client() {
    return evidence.client();
  }

  public DialedProfile profile() {
    return evidence.profile();
  }

  /** How the client means to authenticate, for people; events alone do not say it. */
  public String method() {
    String method = profile().authentication();
    return method.isEmpty() ? "not known" : method;
  }

  public Attempt attempt() {
    return attempt;
  }

  public EventLog events() {
    return events;
  }

  public Capture capture() {
    return capture.get();
  }

  public IkeTraffic ike() {
    return ike.get();
  }

  public ClientClock clock() {
    return clock.get();
  }

  public CertificateStores stores() {
    return stores.get();
  }

  /** What the client found out about the VPN server's certificate. */
  public PeerChain serverChain() {
    return serverChain.get();
  }

  /** What the client found out about the certificate of NPS, in EAP, after the server's proof. */
  public PeerChain authenticationServerChain() {
    return PeerChain.after(events, client(), stores(), attempt.serverProven());
  }

  /** What another host found out about its peer's certificate. */
  public PeerChain chainAt(String host) {
    return new PeerChain(events, host, stores(), Optional.empty());
  }

  /** What became of the client's IKE_SA_INIT requests. */
  public Passage initPassage() {
    return initPassage.get();
  }

  /** What became of the requests that follow, on port 4500. */
  public Passage authPassage() {
    return authPassage.get();
  }

  /** Conditional access, as the client shows it. */
  public CloudAccess cloud() {
    return cloud.get();
  }

  public RadiusDialogue radius() {
    return radius.get();
  }

  /** The directory, and what servers logged about asking it. */
  public DomainView domain() {
    return domain.get();
  }

  /** ESP, and what went through the tunnel. */
  public TunnelTraffic tunnel() {
    return tunnel.get();
  }

  /** DHCP messages of all times: leases are had before anybody dials. */
  public DhcpTraffic dhcp() {
    return dhcp.get();
  }

  /** What the user tried once connected and had no answer to, in order. */
  public List<ProbeResult> failedProbes() {
    return evidence.probes().stream().filter(probe -> !probe.answered()).toList();
  }

  /** The client's address inside the tunnel, as it was told when it was connected. */
  public Optional<String> tunnelAddress() {
    return attempt.established().map(event -> event.data("TunnelIpAddress"));
  }

  /** The last decision about this user that NPS's own log has, in the form of an event. */
  Optional<EventRecord> npsLogDecision() {
    return npsLogDecision.get();
  }

  /** What the host's own tools show, where the vantage has them. */
  public Optional<HostFacts> host(String name) {
    return evidence.hosts().stream().filter(host -> host.host().equals(name)).findFirst();
  }

  /** What certutil lists of a store; empty when nobody has asked it. */
  public Optional<StoreListing> listing(String host, String store) {
    return evidence.storeListings().stream()
        .filter(each -> each.host().equals(host) && each.store().equals(store))
        .findFirst();
  }

  public List<HostFacts> hosts() {
    return evidence.hosts();
  }

  /** The host that runs Routing and Remote Access, of several the one that names the user. */
  public String vpnServer() {
    return hostWith("RemoteAccess")
        .or(() -> lastAboutUser("User", event -> event.source().equals(EventLog.REMOTE_ACCESS)))
        .or(() -> writerOf(event -> event.source().equals(EventLog.REMOTE_ACCESS)))
        .orElse("rras");
  }

  /** The host that runs the Network Policy Server, of several the one that names the user. */
  public String policyServer() {
    return hostWith("IAS")
        .or(() -> lastAboutUser("SubjectUserName", Facts::isPolicyDecision))
        .or(() -> writerOf(event -> event.source().equals(EventLog.NPS)))
        .or(() -> writerOf(Facts::isPolicyDecision))
        .or(() -> evidence.npsLog().stream().map(NpsLogLine::host).findFirst())
        .orElse("nps");
  }

  private static boolean isPolicyDecision(EventRecord event) {
    return event.source().equals(EventLog.AUDITING) && POLICY_DECISIONS.contains(event.id());
  }

  private Optional<String> hostWith(String service) {
    return evidence.hosts().stream()
        .filter(host -> !host.host().equals(client()) && host.services().containsKey(service))
        .map(HostFacts::host)
        .findFirst();
  }

  private Optional<String> writerOf(Predicate<EventRecord> wanted) {
    return evidence.events().stream().filter(wanted).map(EventRecord::host).findFirst();
  }

  private Optional<String> lastAboutUser(String field, Predicate<EventRecord> wanted) {
    return evidence.events().stream()
        .filter(wanted)
        .filter(event -> !event.data(field).isBlank())
        .filter(event -> Account.same(event.data(field), profile().userName()))
        .map(EventRecord::host)
        .reduce((first, second) -> second);
  }

  /** The evidence that a service does not run; empty when it runs or nothing is known of it. */
  public Optional<Citation> serviceStopped(String hostName, String service) {
    Optional<HostFacts> host = host(hostName).filter(h -> h.services().containsKey(service));
    if (host.isPresent()) {
      String state = host.get().services().get(service);
      return state.equalsIgnoreCase("Running")
          ? Optional.empty()
          : Optional.of(Cite.host(host.get(), "service " + service + " = " + state));
    }
    return events.ever(hostName, EventLog.SERVICE_CONTROL, 7036).stream()
        .filter(event -> named(event.data("ServiceName"), service))
        .reduce((first, second) -> second)
        .filter(event -> event.data("State").equalsIgnoreCase("stopped"))
        .map(event -> Cite.event(event, "ServiceName = " + service + ", State = stopped"));
  }

  private static boolean named(String name, String service) {
    return name.equalsIgnoreCase(service)
        || name.equalsIgnoreCase(DISPLAY_NAMES.getOrDefault(service, service));
  }

  /** Drops that a host's own firewall logged in this attempt (event 5152), UDP only. */
  public Optional<EventRecord> firewallDrop(String host, String direction, PortTest port) {
    return events.last(host, EventLog.AUDITING, 5152, event -> isDrop(event, direction, port));
  }

  /** The same at any time, not only while the client dialed. */
  public Optional<EventRecord> everFirewallDrop(String host, String direction, PortTest port) {
    return events.ever(host, EventLog.AUDITING, 5152).stream()
        .filter(event -> isDrop(event, direction, port))
        .reduce((first, second) -> second);
  }

  private static boolean isDrop(EventRecord event, String direction, PortTest port) {
    return event.data("Direction").equalsIgnoreCase(direction)
        && event.data("Protocol").equals("17")
        && !event.data("FilterName").contains("Port Scanning Prevention")
        && port.accepts(Ports.parse(event.data("SourcePort")), Ports.parse(event.data("DestPort")));
  }

  /** Decides by the ports of a dropped datagram; -1 where the event has none. */
  @FunctionalInterface
  public interface PortTest {
    boolean accepts(int sourcePort, int destinationPort);
  }

  /** The end of the attempt as evidence. */
  public List<Citation> citeOutcome() {
    return attempt
        .failure()
        .map(event -> List.of(Cite.field(event, Attempt.codeField(event))))
        .orElseGet(() -> List.of(Cite.profile(profile(), "server = " + profile().server())));
  }
}
