package vpnlab.lab;

import io.netty.util.concurrent.Future;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.Vantage;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.lab.client.DialRequest;
import vpnlab.lab.client.Dialer;
import vpnlab.lab.client.Programs;
import vpnlab.lab.host.EventLog;
import vpnlab.lab.host.LinkEvents;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.SystemEvents;
import vpnlab.lab.spec.ClientSpec;
import vpnlab.lab.spec.ClientSpec.ProfileSpec;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.LabTopology;
import vpnlab.network.LabNetwork;
import vpnlab.network.PingReport;
import vpnlab.network.PingSettings;
import vpnlab.network.SocketsNetwork;
import vpnlab.network.VirtualNetwork;
import vpnlab.network.path.FabricSettings;
import vpnlab.network.topology.Topology;
import vpnlab.protocol.RandomSource;
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

  /** What is still on its way belongs to the attempt: the server's last words, its log. */
  private static final Duration LAST_WORDS = Duration.ofMillis(200);

  private final LabSpec spec;
  private final LabNetwork network;
  private final LabRecords records;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final List<ProbeResult> probes = new ArrayList<>();
  private final LabServices services;
  private final EapProfiles eapProfiles;
  private final EvidenceCollector collector;

  private Lab(LabSpec spec, LabNetwork network, LabCertificates certificates, KeyPool keys) {
    this.spec = spec;
    this.network = network;
    this.records = new LabRecords(new TranscriptRecorder(network.clock()));
    this.services = new LabServices(spec, network, machines, records, keys);
    this.eapProfiles = new EapProfiles(certificates);
    this.collector =
        new EvidenceCollector(
            spec, network, machines, records, eapProfiles, () -> services.domain().listing());
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
    KeyPool keys = isVirtual ? KeyPool.shared() : OPEN_LAB_KEYS;
    LabCertificates certificates = LabCertificates.mint(spec, start, keys, random);
    LabNetwork network =
        isVirtual ? new VirtualNetwork(topology, settings) : new SocketsNetwork(topology, settings);
    Lab lab = new Lab(spec, network, certificates, keys);
    try {
      network.call(
          () -> {
            lab.furnish(certificates, random);
            lab.services.start(certificates, start);
            return null;
          });
      lab.services.settle(DIAL_LIMIT);
      network.call(
          () -> {
            lab.services.domain().change();
            return null;
          });
      return lab;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void furnish(LabCertificates certificates, RandomSource random) {
    TranscriptRecorder transcript = records.transcript();
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
                      new EventLog(name, place.clock(), records::add),
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

  /**
   * Restarts the computer of NPS: the service ends and begins anew, from the same configuration,
   * and binds to the directory again, as a member of the groups that the computer is in by now.
   * What others have connected meanwhile stays.
   *
   * @throws IllegalArgumentException when the host is another, or its service does not run
   */
  public void restart(String host) {
    services.restart(host, DIAL_LIMIT);
    network.runFor(LAST_WORDS);
  }

  /**
   * Lets a client dial one of its profiles and waits until it is connected or has failed. A
   * connection stays up until {@link #hangUp} or {@link #close}.
   *
   * @throws IllegalArgumentException when there is no such client or profile
   */
  public DialResult dial(String client, String profile) {
    ProfileSpec dialed = profile(client, profile);
    Dialer dialer = dialer(client);
    AtomicReference<DialResult> result = new AtomicReference<>();
    network.call(
        () -> {
          dialer.dial(request(client, profile, dialed), result::set);
          return null;
        });
    if (!network.runUntil(() -> result.get() != null, DIAL_LIMIT)) {
      throw new IllegalStateException(
          client + " dialed " + profile + ", and nothing came of it within " + DIAL_LIMIT);
    }
    network.runFor(LAST_WORDS);
    return result.get();
  }

  /**
   * Ends the client's connections and waits until the server knows.
   *
   * @throws IllegalArgumentException when there is no such client
   */
  public void hangUp(String client) {
    Dialer dialer = dialer(client);
    network.call(
        () -> {
          dialer.hangUp();
          return null;
        });
    network.runUntil(() -> !dialer.connected(), DIAL_LIMIT);
    network.runFor(LAST_WORDS);
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
    Dialer dialer = dialer(client);
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
    network.runFor(LAST_WORDS);
    return new Moved(network.call(dialer::state), report);
  }

  /** Lets a host ping another computer, and waits for what comes of it. */
  public PingReport ping(String host, String target, PingSettings settings) {
    Future<PingReport> running =
        network.host(host).ping(Ipv4Address.parse(target).toInetAddress(), settings);
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
    Dialer dialer = dialer(client);
    ProbeResult result =
        network.await(network.call(() -> run.apply(dialer.programs())), DIAL_LIMIT);
    probes.add(result);
    records
        .transcript()
        .note(
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

  private Dialer dialer(String client) {
    return services
        .dialer(client)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the lab " + spec.name() + " has no client '" + client + "'"));
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
    return collector
        .collect(vantage, client, profile, profile(client, profile))
        .withProbes(probes.stream().filter(probe -> probe.host().equals(client)).toList());
  }

  /** Everything that has happened, in order. */
  public List<TranscriptLine> transcript() {
    return records.transcript().lines();
  }

  /** All captures of all hosts, in order of time. */
  public List<CapturedPacket> captures() {
    return collector.packets(machines.keySet());
  }

  /** Lets {@code listener} have every packet: those that were captured, then the others. */
  public void onCapture(Consumer<CapturedPacket> listener) {
    network.onCapture(listener);
  }

  /** The event records of all hosts, in order of writing; of each log the last 20,000. */
  public List<EventRecord> events() {
    return records.events();
  }

  /**
   * The records of NPS's accounting log, in order of writing, the last 50,000; none when it is off.
   */
  public List<NpsLogLine> npsLog() {
    return records.npsLog();
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
    return records.forgotten(network.statistics().capturesForgotten());
  }

  /**
   * Lets {@code listener} have every record of NPS's log: those that are there, then the others.
   */
  public void onNpsLog(Consumer<NpsLogLine> listener) {
    records.onNpsLog(listener);
  }

  /** Lines for Wireshark's {@code ikev2_decryption_table}. */
  public List<String> ikeDecryptionTable() {
    return records.transcript().decryptionTable();
  }

  /** Lines for Wireshark's {@code esp_sa}. */
  public List<String> espSaTable() {
    return records.transcript().espSaTable();
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
