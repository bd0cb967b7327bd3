package vpnlab.lab;

import io.netty.util.concurrent.Future;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.StoredCertificate;
import vpnlab.evidence.Vantage;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.lab.client.ClientSettings;
import vpnlab.lab.client.DialRequest;
import vpnlab.lab.client.Dialer;
import vpnlab.lab.client.Programs;
import vpnlab.lab.client.TimeSync;
import vpnlab.lab.client.TokenBroker;
import vpnlab.lab.directory.DirectoryServer;
import vpnlab.lab.directory.DomainMember;
import vpnlab.lab.host.EventLog;
import vpnlab.lab.host.LinkEvents;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.SystemEvents;
import vpnlab.lab.servers.CloudService;
import vpnlab.lab.servers.DhcpService;
import vpnlab.lab.servers.NetworkPolicyServer;
import vpnlab.lab.servers.PkiWebServer;
import vpnlab.lab.servers.RemoteAccessServer;
import vpnlab.lab.servers.TimeServer;
import vpnlab.lab.spec.ClientSpec;
import vpnlab.lab.spec.ClientSpec.ProfileSpec;
import vpnlab.lab.spec.CloudSpec;
import vpnlab.lab.spec.DnsSpec;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.LabTopology;
import vpnlab.lab.spec.PkiSpec;
import vpnlab.lab.spec.WebSpec;
import vpnlab.network.LabNetwork;
import vpnlab.network.PingReport;
import vpnlab.network.PingSettings;
import vpnlab.network.SocketsNetwork;
import vpnlab.network.VirtualNetwork;
import vpnlab.network.dns.DnsServer;
import vpnlab.network.dns.DnsZone;
import vpnlab.network.http.HttpPage;
import vpnlab.network.http.HttpServer;
import vpnlab.network.path.FabricSettings;
import vpnlab.network.topology.Topology;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.ike.IkeProposals;
import vpnlab.protocol.ike.RetransmissionPolicy;
import vpnlab.protocol.x509.KeyKind;
import vpnlab.protocol.x509.KeyPool;
import vpnlab.wire.ip.Ipv4Address;

/**
 * A running lab. It belongs to the thread that started it; two labs share nothing.
 *
 * <p>Start it, dial, look at the evidence, close it.
 */
public final class Lab implements AutoCloseable {
  /** No attempt takes longer than all retransmissions of several exchanges. */
  private static final Duration DIAL_LIMIT = Duration.ofMinutes(10);

  /** Longer than any network outage time that makes sense. */
  private static final Duration RECONNECT_LIMIT = Duration.ofHours(9);

  /** Keys of labs that outsiders can reach; made anew in every process. */
  private static final KeyPool OPEN_LAB_KEYS = new KeyPool(new SecureRandom().nextLong());

  /** How long a service is away while it restarts. */
  private static final Duration RESTART = Duration.ofSeconds(1);

  /** Where in a key pool the keys begin that clients make for themselves. */
  private static final int REQUESTED_KEYS = 1000;

  /** Records of NPS's log that are kept in memory; a file of it may be as long as it likes. */
  static final int NPS_LOG_RECORDS = 50_000;

  private final LabSpec spec;
  private final LabNetwork network;
  private final TranscriptRecorder transcript;
  private final EventLogs events = new EventLogs();
  private final Recent<NpsLogLine> npsLog = new Recent<>(NPS_LOG_RECORDS);
  private Consumer<NpsLogLine> npsLogListener = line -> {};
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Map<String, Dialer> dialers = new LinkedHashMap<>();
  private LabDomain domain;
  private DomainMember npsMember;
  private Optional<NetworkPolicyServer> nps = Optional.empty();
  private final List<ProbeResult> probes = new ArrayList<>();
  private EapProfiles eapProfiles;

  private KeyPool keys;

  private Lab(LabSpec spec, LabNetwork network) {
    this.spec = spec;
    this.network = network;
    this.transcript = new TranscriptRecorder(network.clock());
  }

  /**
   * Builds the lab and starts its services.
   *
   * @param seed all randomness of the lab comes from it
   */
  public static Lab start(LabSpec spec, NetworkKind kind, long seed) {
    RandomSource random = RandomSource.seeded(seed);
    Topology topology = LabTopology.of(spec.network());
    boolean isVirtual = kind == NetworkKind.VIRTUAL;
    Instant start = isVirtual ? spec.clock() : Instant.now();
    FabricSettings settings = FabricSettings.of(seed, start);
    LabNetwork network =
        isVirtual ? new VirtualNetwork(topology, settings) : new SocketsNetwork(topology, settings);
    Lab lab = new Lab(spec, network);
    try {
      LabCertificates certificates =
          LabCertificates.mint(spec, start, isVirtual ? KeyPool.shared() : OPEN_LAB_KEYS, random);
      lab.eapProfiles = new EapProfiles(certificates);
      network.call(
          () -> {
            lab.furnish(certificates, random);
            lab.keys = isVirtual ? KeyPool.shared() : OPEN_LAB_KEYS;
            lab.startAuthorities(certificates, start);
            lab.startServices(start);
            return null;
          });
      lab.settle();
      return lab;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void furnish(LabCertificates certificates, RandomSource random) {
    spec.network()
        .hosts()
        .forEach(
            (name, host) -> {
              var place = network.host(name);
              place.addresses().forEach(address -> transcript.knows(name, address));
              machines.put(
                  name,
                  new Machine(
                      place,
                      new EventLog(name, place.clock(), this::record),
                      certificates.storesOf(host),
                      random,
                      transcript));
            });
    machines.values().forEach(LinkEvents::watch);
    machines.values().forEach(SystemEvents::watchAddresses);
    HostFirewallLog firewallLog = new HostFirewallLog(machines);
    network.onDrop(
        drop -> {
          transcript.drop(drop);
          firewallLog.hear(drop);
        });
  }

  private void startAuthorities(LabCertificates certificates, Instant start) throws BindException {
    PkiSpec pki = spec.pki();
    if (!pki.host().isEmpty() && pki.running()) {
      PkiWebServer.start(
          machines.get(pki.host()), pki, start, certificates.mint(), certificates::issued);
    }
    CloudSpec cloud = spec.cloud();
    if (!cloud.host().isEmpty() && cloud.running()) {
      CloudService.start(
          machines.get(cloud.host()),
          cloud,
          certificates.mint(),
          certificates.issued(cloud.certificate()),
          certificates.issued(cloud.authority()));
    }
  }

  /** Every request of a client for a certificate is for a key of its own. */
  private Optional<TokenBroker> tokenBroker(Machine machine, ClientSettings settings) {
    if (spec.cloud().host().isEmpty()) {
      return Optional.empty();
    }
    KeyPool pool = keys;
    AtomicInteger next = new AtomicInteger(REQUESTED_KEYS + 100 * dialers.size());
    return Optional.of(
        new TokenBroker(
            machine,
            settings.nameServer(),
            spec.cloud().name(),
            CloudService.PATH,
            () -> pool.keyPair(KeyKind.RSA2048, next.getAndIncrement())));
  }

  private void startServices(Instant start) throws BindException {
    if (!spec.timeServer().isEmpty()) {
      TimeServer.start(network.host(spec.timeServer()), network.clock());
    }
    startDns(spec.dns());
    startDns(spec.intranetDns());
    startWeb(spec.web());
    if (!spec.dhcp().host().isEmpty()) {
      DhcpService.start(machines.get(spec.dhcp().host()), spec.dhcp());
    }
    domain = LabDomain.start(spec.directory(), machines, start);
    startNps();
    Machine rras = machines.get(spec.rras().host());
    RemoteAccessServer.start(rras, spec.rras(), () -> domain.memberForRras(rras, spec.rras()));
    spec.clients().forEach(this::startClient);
  }

  private void startNps() throws BindException {
    Machine machine = machines.get(spec.nps().host());
    npsMember = domain.memberForNps(machine);
    nps =
        NetworkPolicyServer.start(
            machine, spec.nps(), npsMember, spec.directory().domain(), this::record);
  }

  /**
   * Restarts the computer of NPS: the service ends and begins anew, from the same configuration,
   * and binds to the directory again, as a member of the groups that the computer is in by now.
   * What others have connected meanwhile stays.
   *
   * @throws IllegalArgumentException when the host is another, or its service does not run
   */
  public void restart(String host) {
    if (!host.equals(spec.nps().host()) || nps.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot restart '"
              + host
              + "'; the host that can be, when NPS runs: "
              + spec.nps().host());
    }
    network.call(
        () -> {
          nps.get().stop();
          domain.leave(npsMember);
          return null;
        });
    network.runFor(RESTART);
    network.call(
        () -> {
          startNps();
          return null;
        });
    network.runUntil(domain::settled, DIAL_LIMIT);
    network.runFor(Duration.ofMillis(200));
  }

  /** Services have started when they have found their domain, or have given up. */
  private void settle() {
    network.runUntil(domain::settled, DIAL_LIMIT);
    network.call(
        () -> {
          domain.change();
          return null;
        });
  }

  private void startDns(DnsSpec dns) throws BindException {
    if (!dns.host().isEmpty() && dns.running()) {
      Map<String, List<Ipv4Address>> zone = new LinkedHashMap<>();
      dns.records().forEach((name, text) -> zone.put(name, List.of(Ipv4Address.parse(text))));
      DnsServer.start(network.host(dns.host()), DnsZone.of(zone));
    }
  }

  private void startWeb(WebSpec web) throws BindException {
    if (!web.host().isEmpty() && web.running()) {
      HttpServer.start(
          network.host(web.host()),
          HttpServer.PORT,
          path -> Optional.ofNullable(web.pages().get(path)).map(HttpPage::text));
    }
  }

  private void startClient(String name, ClientSpec client) {
    Machine machine = machines.get(name);
    ClientSpec.Retransmission again = client.retransmission();
    ClientSettings settings =
        new ClientSettings(
            client.nameServer().isEmpty()
                ? Optional.empty()
                : Optional.of(address(client.nameServer())),
            500,
            4500,
            500,
            4500,
            client.fragmentation(),
            new RetransmissionPolicy(again.first(), again.cap(), again.times()));
    dialers.put(name, new Dialer(machine, settings, tokenBroker(machine, settings)));
    if (!spec.timeServer().isEmpty()) {
      TimeSync.start(machine, network.host(spec.timeServer()).address());
    }
  }

  private static InetAddress address(String text) {
    return Ipv4Address.parse(text).toInetAddress();
  }

  private void record(NpsLogLine line) {
    synchronized (npsLog) {
      npsLog.add(line);
      npsLogListener.accept(line);
    }
  }

  private void record(EventRecord event) {
    events.add(event);
    transcript.event(event);
  }

  /**
   * Lets a client dial one of its profiles and waits until it is connected or has failed. A
   * connection stays up until {@link #hangUp} or {@link #close}.
   *
   * @throws IllegalArgumentException when there is no such client or profile
   */
  public DialResult dial(String client, String profile) {
    ProfileSpec dialed = profile(client, profile);
    AtomicReference<DialResult> result = new AtomicReference<>();
    network.call(
        () -> {
          dialers.get(client).dial(request(client, profile, dialed), result::set);
          return null;
        });
    if (!network.runUntil(() -> result.get() != null, DIAL_LIMIT)) {
      throw new IllegalStateException(
          client + " dialed " + profile + ", and nothing came of it within " + DIAL_LIMIT);
    }
    // What is still on its way belongs to the attempt: the server's last words, its log.
    network.runFor(Duration.ofMillis(200));
    return result.get();
  }

  /** Ends the client's connections and waits until the server knows. */
  public void hangUp(String client) {
    Dialer dialer = dialers.get(client);
    network.call(
        () -> {
          dialer.hangUp();
          return null;
        });
    network.runUntil(() -> !dialer.connected(), DIAL_LIMIT);
    network.runFor(Duration.ofMillis(200));
  }

  /** How often a client that moves pings. */
  public static final Duration PING_INTERVAL = Duration.ofMillis(100);

  /** Pings of a client that moves that are sent before the network is lost, and after. */
  private static final int PINGS_AROUND = 20;

  /**
   * What became of a move.
   *
   * @param state of the connection: 0 and its address, or the code of its end
   * @param pings empty when none were asked for
   */
  public record Moved(DialResult state, Optional<PingReport> pings) {}

  /**
   * Takes a client out of its network and, after an outage, into another, and waits until its
   * connection has followed or has ended.
   *
   * @param segment the other network; may be the one that it was in
   * @param outage lab time without any network
   * @param ping whom the client pings from two seconds before until two seconds after the outage
   * @throws IllegalArgumentException when there is no such client
   * @throws java.util.concurrent.CompletionException when there is no such segment, or the address
   *     does not fit or is taken
   */
  public Moved move(
      String client,
      String segment,
      Ipv4Address address,
      Duration outage,
      Optional<Ipv4Address> ping) {
    Dialer dialer = dialers.get(client);
    if (dialer == null) {
      throw new IllegalArgumentException(
          "the lab " + spec.name() + " has no client '" + client + "'");
    }
    int count = (int) outage.dividedBy(PING_INTERVAL) + 2 * PINGS_AROUND;
    Optional<Future<PingReport>> pings =
        ping.map(
            target ->
                network
                    .host(client)
                    .ping(
                        target.toInetAddress(),
                        PingSettings.windows(count).withInterval(PING_INTERVAL)));
    if (ping.isPresent()) {
      network.runFor(PING_INTERVAL.multipliedBy(PINGS_AROUND));
    }
    network.host(client).goOffline();
    network.runFor(outage);
    network.host(client).join(segment, address);
    network.runUntil(() -> !dialer.moving(), RECONNECT_LIMIT);
    Optional<PingReport> report = pings.map(running -> network.await(running, DIAL_LIMIT));
    network.runFor(Duration.ofMillis(200));
    return new Moved(network.call(dialer::state), report);
  }

  /** Lets a host ping another computer, and waits for what comes of it. */
  public PingReport ping(String host, String target, PingSettings settings) {
    Future<PingReport> running = network.host(host).ping(address(target), settings);
    return network.await(running, DIAL_LIMIT);
  }

  /** Lets a client's user ping an address or a name; what comes of it goes into the evidence. */
  public ProbeResult ping(String client, String target, int count) {
    return probe(client, programs -> programs.ping(target, PingSettings.windows(count)));
  }

  /** Lets a client's user look a name up; what comes of it goes into the evidence. */
  public ProbeResult resolve(String client, String name) {
    return probe(client, programs -> programs.resolve(name));
  }

  /** Lets a client's user get a page; what comes of it goes into the evidence. */
  public ProbeResult httpGet(String client, String url) {
    return probe(client, programs -> programs.get(url));
  }

  private ProbeResult probe(String client, Function<Programs, Future<ProbeResult>> run) {
    Dialer dialer = dialers.get(client);
    if (dialer == null) {
      throw new IllegalArgumentException("the lab " + spec.name() + " has no client " + client);
    }
    ProbeResult result =
        network.await(network.call(() -> run.apply(dialer.programs())), DIAL_LIMIT);
    probes.add(result);
    transcript.note(
        client,
        "%s %s: %d of %d%s%s"
            .formatted(
                result.kind().name().toLowerCase(Locale.ROOT),
                result.target(),
                result.received(),
                result.sent(),
                result.result().isEmpty() ? "" : ", " + result.result(),
                result.error().isEmpty() ? "" : ", " + result.error()));
    return result;
  }

  private ProfileSpec profile(String client, String profile) {
    ClientSpec known = spec.clients().get(client);
    if (known == null || !known.profiles().containsKey(profile)) {
      throw new IllegalArgumentException(
          "the lab "
              + spec.name()
              + " has no client '"
              + client
              + "' with a profile '"
              + profile
              + "'");
    }
    return known.profiles().get(profile);
  }

  private DialRequest request(String client, String name, ProfileSpec profile) {
    return new DialRequest(
        name,
        profile.server(),
        Optional.empty(),
        profile.authentication(),
        profile.user(),
        profile.password(),
        profile.preSharedKey(),
        profile.proposals(),
        eapProfiles.settings(client, name, profile),
        profile.routes(),
        profile.mobike(),
        profile.networkOutageTime(),
        profile.access());
  }

  /**
   * What there is to see from a vantage point about the client's attempts with that profile. The
   * client sees its own computer; the administrator also the servers.
   */
  public Evidence evidence(Vantage vantage, String client, String profile) {
    ProfileSpec dialed = profile(client, profile);
    List<String> visible = new ArrayList<>(List.of(client));
    if (vantage == Vantage.ADMINISTRATOR) {
      spec.network().hosts().keySet().stream()
          .filter(host -> !spec.clients().containsKey(host))
          .forEach(visible::add);
    }
    List<String> proposals =
        dialed.proposals().isEmpty()
            ? IkeProposals.windowsDefault().stream().map(p -> p.describe()).toList()
            : dialed.proposals();
    List<EventRecord> seen =
        events().stream().filter(event -> visible.contains(event.host())).toList();
    List<StoredCertificate> certificates = new ArrayList<>();
    List<HostFacts> facts = new ArrayList<>();
    for (String host : visible) {
      certificates.addAll(machines.get(host).stores().listing(host));
      facts.add(facts(host));
    }
    if (vantage == Vantage.ADMINISTRATOR) {
      spec.network().routers().keySet().forEach(router -> facts.add(routerFacts(router)));
    }
    return new Evidence(
            vantage,
            client,
            new DialedProfile(
                profile,
                dialed.server(),
                dialed.tunnel(),
                dialed.authentication(),
                dialed.user(),
                proposals,
                eapProfiles.validation(dialed),
                dialed.access().deviceCompliance(),
                dialed.access().tlsExtensions()),
            packets(visible),
            seen,
            certificates,
            facts,
            visible.contains(spec.nps().host()) ? npsLog() : List.of())
        .withProbes(probes.stream().filter(probe -> probe.host().equals(client)).toList());
  }

  private HostFacts facts(String host) {
    Map<String, String> services = new LinkedHashMap<>();
    if (host.equals(spec.rras().host())) {
      services.put("RemoteAccess", state(listens(host, 500)));
      services.put("IKEEXT", state(listens(host, 500)));
    }
    if (host.equals(spec.dhcp().host())) {
      services.put("DHCPServer", state(listens(host, 67)));
    }
    if (host.equals(spec.nps().host())) {
      services.put("IAS", state(listens(host, spec.nps().authenticationPorts().get(0))));
    }
    boolean serves = host.equals(spec.directory().host());
    if (serves) {
      services.put(DirectoryServer.SERVICE, state(listens(host, DirectoryServer.PORT)));
    }
    if (spec.clients().containsKey(host)) {
      services.put("RasMan", state(true));
      services.put("IKEEXT", state(true));
    }
    return new HostFacts(
            host,
            network.host(host).addresses().stream().map(InetAddress::getHostAddress).toList(),
            services,
            network.host(host).listeners(),
            network.host(host).routeTable(),
            network.host(host).forwards())
        .withSettings(HostSettings.of(spec, host))
        .withDirectory(
            serves && listens(host, DirectoryServer.PORT) ? domain.listing() : List.of());
  }

  /** What a router's console shows. */
  private HostFacts routerFacts(String router) {
    return new HostFacts(
        router,
        network.routerAddresses(router).stream().map(InetAddress::getHostAddress).toList(),
        Map.of(),
        List.of(),
        network.routeTable(router),
        true);
  }

  /** A service of the lab runs when it holds its port: what is observed, not what was ordered. */
  private boolean listens(String host, int port) {
    return network.host(host).listeners().stream().anyMatch(each -> each.endsWith(":" + port));
  }

  private static String state(boolean running) {
    return running ? "Running" : "Stopped";
  }

  private List<CapturedPacket> packets(List<String> hosts) {
    List<CapturedPacket> packets = new ArrayList<>();
    hosts.forEach(host -> packets.addAll(network.captures(host)));
    packets.sort(Comparator.comparing(CapturedPacket::at));
    return packets;
  }

  /** Everything that has happened, in order. */
  public List<TranscriptLine> transcript() {
    return transcript.lines();
  }

  /** All captures of all hosts, in order of time. */
  public List<CapturedPacket> captures() {
    return packets(List.copyOf(machines.keySet()));
  }

  /** Lets {@code listener} have every packet: those that were captured, then the others. */
  public void onCapture(Consumer<CapturedPacket> listener) {
    network.onCapture(listener);
  }

  /** The event records of all hosts, in order of writing; of each log the last 20,000. */
  public List<EventRecord> events() {
    return events.all();
  }

  /**
   * The records of NPS's accounting log, in order of writing, the last 50,000; none when it is off.
   */
  public List<NpsLogLine> npsLog() {
    synchronized (npsLog) {
      return npsLog.all();
    }
  }

  /**
   * What a lab has forgotten because it was too much: the oldest of each kind.
   *
   * @param events records of event logs
   * @param npsLog records of NPS's log
   * @param transcript lines
   * @param packets of all hosts' captures
   */
  public record Forgotten(long events, long npsLog, long transcript, long packets) {
    public boolean nothing() {
      return events + npsLog + transcript + packets == 0;
    }
  }

  /** How much is no longer there to be looked at. */
  public Forgotten forgotten() {
    long lines;
    synchronized (npsLog) {
      lines = npsLog.forgotten();
    }
    return new Forgotten(
        events.forgotten(),
        lines,
        transcript.forgotten(),
        network.statistics().capturesForgotten());
  }

  /**
   * Lets {@code listener} have every record of NPS's log: those that are there, then the others.
   */
  public void onNpsLog(Consumer<NpsLogLine> listener) {
    synchronized (npsLog) {
      npsLog.all().forEach(listener);
      npsLogListener = listener;
    }
  }

  /** Lines for Wireshark's {@code ikev2_decryption_table}. */
  public List<String> ikeDecryptionTable() {
    return transcript.decryptionTable();
  }

  /** Lines for Wireshark's {@code esp_sa}. */
  public List<String> espSaTable() {
    return transcript.espSaTable();
  }

  /** Lets time go by: leases run, connections stay up. */
  public void pass(Duration time) {
    network.runFor(time);
  }

  /** Time that has passed inside the lab. */
  public Duration elapsed() {
    return network.statistics().networkTime();
  }

  /**
   * Lets real peers reach a UDP port of the lab's; only on real sockets.
   *
   * @param segment where their packets enter
   * @throws BindException when the real address cannot be bound; the message names it
   */
  void openGateway(String segment, InetSocketAddress real, InetSocketAddress lab)
      throws BindException {
    sockets().openGateway(segment, real, lab);
  }

  /** Lets hosts of the lab reach a real peer under another address; only on real sockets. */
  void openExit(String segment, InetSocketAddress alias, InetSocketAddress real) {
    sockets().openExit(segment, alias, real);
  }

  private SocketsNetwork sockets() {
    if (network instanceof SocketsNetwork sockets) {
      return sockets;
    }
    throw new IllegalStateException("a lab in virtual time cannot talk to real peers");
  }

  LabNetwork network() {
    return network;
  }

  Machine machine(String host) {
    return machines.get(host);
  }

  @Override
  public void close() {
    network.close();
  }
}
