package vpnlab.lab;

import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.Vantage;
import vpnlab.lab.client.ClientSettings;
import vpnlab.lab.client.DialRequest;
import vpnlab.lab.client.Dialer;
import vpnlab.lab.client.EapSettings;
import vpnlab.lab.client.Programs;
import vpnlab.lab.host.CertificateStores;
import vpnlab.lab.host.EventLog;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.StoredKey;
import vpnlab.lab.spec.ConditionalAccess;
import vpnlab.network.NetworkHost;
import vpnlab.network.PingSettings;
import vpnlab.network.SocketsNetwork;
import vpnlab.network.path.FabricSettings;
import vpnlab.network.topology.Host;
import vpnlab.network.topology.Interface;
import vpnlab.network.topology.Segment;
import vpnlab.network.topology.Topology;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.ike.IkeProposals;
import vpnlab.protocol.ike.Mobility;
import vpnlab.protocol.ike.RetransmissionPolicy;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ip.Ipv4Address;

/**
 * The lab's client dialing a real server, so that the engine can say what is wrong with it. The
 * client stands alone in a network that has nothing but a way out.
 */
public final class RealServer {
  private static final String CLIENT = "this-computer";
  private static final String SEGMENT = "here";
  private static final Duration TRIAL_LIMIT = Duration.ofHours(1);

  /**
   * How to dial.
   *
   * @param address of the server
   * @param name what its certificate must name
   * @param source the real local address to send from
   * @param trusted the CAs that the client trusts; those that are not self-issued only complete
   *     chains
   * @param own the client's certificate, with those between it and its root
   * @param proposals IKE proposals; empty for those of Windows with group 14 switched on, because
   *     servers of today refuse its default
   * @param timeout after which an unanswered request is given up
   * @param trials what to try once connected, in order
   */
  public record Attempt(
      InetAddress address,
      String name,
      InetAddress source,
      int ikePort,
      int natPort,
      List<X509Certificate> trusted,
      String authentication,
      String user,
      String password,
      List<X509Certificate> own,
      Optional<PrivateKey> ownKey,
      List<String> proposals,
      Duration timeout,
      List<Trial> trials) {
    public Attempt {
      trials = List.copyOf(trials);
    }
  }

  /** What came of it, with all that the client's own computer shows. */
  public record Outcome(DialResult result, Evidence evidence, List<TranscriptLine> transcript) {}

  private RealServer() {}

  /** Dials once and hangs up again. */
  public static Outcome dial(Attempt attempt) {
    Topology topology =
        new Topology(
            List.of(Segment.of(SEGMENT, "192.0.2.0/24")),
            List.of(Host.of(CLIENT, Interface.on(SEGMENT, "192.0.2.10"))),
            List.of());
    RandomSource random = RandomSource.secure();
    try (SocketsNetwork network =
        new SocketsNetwork(
            topology, FabricSettings.of(random.secureRandom().nextLong(), Instant.now()))) {
      network.openExit(SEGMENT, Ipv4Address.of(attempt.source()));
      return dial(attempt, network, random);
    }
  }

  private static Outcome dial(Attempt attempt, SocketsNetwork network, RandomSource random) {
    NetworkHost host = network.host(CLIENT);
    TranscriptRecorder transcript = new TranscriptRecorder(network.clock());
    transcript.knows(CLIENT, host.address());
    transcript.knows("server", attempt.address());
    List<EventRecord> events = new ArrayList<>();
    Machine machine =
        new Machine(
            host,
            new EventLog(
                CLIENT,
                host.clock(),
                event -> {
                  events.add(event);
                  transcript.event(event);
                }),
            stores(attempt),
            random,
            transcript);
    Dialer dialer = new Dialer(machine, settings(attempt));
    AtomicReference<DialResult> result = new AtomicReference<>();
    network.call(
        () -> {
          dialer.dial(request(attempt), result::set);
          return null;
        });
    Duration limit = attempt.timeout().multipliedBy(8).plusSeconds(60);
    if (!network.runUntil(() -> result.get() != null, limit)) {
      throw new IllegalStateException("nothing came of the attempt within " + limit);
    }
    network.runFor(Duration.ofMillis(100));
    List<ProbeResult> tried = new ArrayList<>();
    if (result.get().connected()) {
      for (Trial trial : attempt.trials()) {
        Future<ProbeResult> running = network.call(() -> start(trial, dialer.programs()));
        tried.add(network.await(running, TRIAL_LIMIT));
      }
    }
    network.call(
        () -> {
          dialer.hangUp();
          return null;
        });
    network.runFor(Duration.ofMillis(100));
    return network.call(
        () ->
            new Outcome(
                result.get(),
                evidence(attempt, machine, events).withProbes(tried),
                transcript.lines()));
  }

  private static Future<ProbeResult> start(Trial trial, Programs programs) {
    return switch (trial.kind()) {
      case PING ->
          programs.ping(
              trial.target(), PingSettings.windows(trial.count()).withInterval(trial.interval()));
      case RESOLVE -> programs.resolve(trial.target());
      case GET -> programs.get(trial.target());
    };
  }

  private static Evidence evidence(Attempt attempt, Machine machine, List<EventRecord> events) {
    return new Evidence(
        Vantage.CLIENT,
        CLIENT,
        new DialedProfile(
            "diagnose",
            attempt.name(),
            "ikev2",
            attempt.authentication(),
            attempt.user(),
            proposals(attempt)),
        machine.network().captures(),
        events,
        machine.stores().listing(CLIENT),
        List.of(
            new HostFacts(
                CLIENT,
                List.of(machine.network().address().getHostAddress()),
                Map.of("RasMan", "Running", "IKEEXT", "Running"),
                machine.network().listeners())));
  }

  private static List<String> proposals(Attempt attempt) {
    return attempt.proposals().isEmpty()
        ? IkeProposals.windowsWithGroup14().stream().map(Proposal::describe).toList()
        : attempt.proposals();
  }

  private static CertificateStores stores(Attempt attempt) {
    CertificateStores stores = new CertificateStores();
    for (X509Certificate trusted : attempt.trusted()) {
      boolean root = trusted.getSubjectX500Principal().equals(trusted.getIssuerX500Principal());
      stores.add(
          root ? "machine-root" : "machine-ca",
          new StoredKey(trusted, Optional.empty(), List.of(trusted)));
    }
    if (!attempt.own().isEmpty()) {
      StoredKey own = new StoredKey(attempt.own().get(0), attempt.ownKey(), attempt.own());
      stores.add(
          attempt.authentication().equals("machine-certificate") ? "machine-my" : "user-my", own);
    }
    return stores;
  }

  /** Waits of 1, 2, 4 and so on seconds, as many as fit into the time that the user allows. */
  private static ClientSettings settings(Attempt attempt) {
    Duration cap = Duration.ofSeconds(16);
    Duration first = Duration.ofSeconds(1);
    if (attempt.timeout().compareTo(first) < 0) {
      first = attempt.timeout();
    }
    int times = 0;
    while (new RetransmissionPolicy(first, cap, times + 1).total().compareTo(attempt.timeout()) <= 0
        && times < 30) {
      times++;
    }
    return new ClientSettings(
        Optional.empty(),
        0,
        0,
        attempt.ikePort(),
        attempt.natPort(),
        true,
        new RetransmissionPolicy(first, cap, times));
  }

  private static DialRequest request(Attempt attempt) {
    return new DialRequest(
        "diagnose",
        attempt.name(),
        Optional.of(attempt.address()),
        attempt.authentication(),
        attempt.user(),
        attempt.password(),
        "",
        proposals(attempt),
        EapSettings.DEFAULT,
        List.of(),
        true,
        Mobility.OUTAGE_LIMIT,
        ConditionalAccess.NONE);
  }
}
