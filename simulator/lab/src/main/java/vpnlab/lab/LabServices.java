package vpnlab.lab;

import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import vpnlab.lab.client.ClientSettings;
import vpnlab.lab.client.Dialer;
import vpnlab.lab.client.TimeSync;
import vpnlab.lab.client.TokenBroker;
import vpnlab.lab.directory.DomainMember;
import vpnlab.lab.host.Machine;
import vpnlab.lab.servers.CloudService;
import vpnlab.lab.servers.DhcpService;
import vpnlab.lab.servers.NetworkPolicyServer;
import vpnlab.lab.servers.PkiWebServer;
import vpnlab.lab.servers.RemoteAccessServer;
import vpnlab.lab.servers.TimeServer;
import vpnlab.lab.spec.ClientSpec;
import vpnlab.lab.spec.CloudSpec;
import vpnlab.lab.spec.DnsSpec;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.PkiSpec;
import vpnlab.lab.spec.WebSpec;
import vpnlab.network.LabNetwork;
import vpnlab.network.dns.DnsServer;
import vpnlab.network.dns.DnsZone;
import vpnlab.network.http.HttpPage;
import vpnlab.network.http.HttpServer;
import vpnlab.protocol.ike.RetransmissionPolicy;
import vpnlab.protocol.x509.KeyKind;
import vpnlab.protocol.x509.KeyPool;
import vpnlab.wire.ip.Ipv4Address;

/** What runs on a lab's hosts: its servers, and the clients that can dial. */
final class LabServices {
  /** How long a service is away while it restarts. */
  private static final Duration RESTART = Duration.ofSeconds(1);

  /** Where in a key pool the keys begin that clients make for themselves. */
  private static final int REQUESTED_KEYS = 1000;

  private final LabSpec spec;
  private final LabNetwork network;
  private final Map<String, Machine> machines;
  private final LabRecords records;
  private final KeyPool keys;
  private final Map<String, Dialer> dialers = new LinkedHashMap<>();
  private LabDomain domain;
  private DomainMember npsMember;
  private Optional<NetworkPolicyServer> nps = Optional.empty();

  /**
   * @param keys from which clients take those that they make for themselves
   */
  LabServices(
      LabSpec spec,
      LabNetwork network,
      Map<String, Machine> machines,
      LabRecords records,
      KeyPool keys) {
    this.spec = spec;
    this.network = network;
    this.machines = machines;
    this.records = records;
    this.keys = keys;
  }

  LabDomain domain() {
    return domain;
  }

  /** The client of that name, if the lab has it. */
  Optional<Dialer> dialer(String client) {
    return Optional.ofNullable(dialers.get(client));
  }

  /**
   * Starts them all; on the network's thread.
   *
   * @param labStart what time it is when the lab begins
   */
  void start(LabCertificates certificates, Instant labStart) throws BindException {
    startAuthorities(certificates, labStart);
    if (!spec.timeServer().isEmpty()) {
      TimeServer.start(network.host(spec.timeServer()), network.clock());
    }
    startDns(spec.dns());
    startDns(spec.intranetDns());
    startWeb(spec.web());
    if (!spec.dhcp().host().isEmpty()) {
      DhcpService.start(machines.get(spec.dhcp().host()), spec.dhcp());
    }
    domain = LabDomain.start(spec.directory(), machines, labStart);
    startNps();
    Machine rras = machines.get(spec.rras().host());
    RemoteAccessServer.start(rras, spec.rras(), () -> domain.memberForRras(rras, spec.rras()));
    spec.clients().forEach(this::startClient);
  }

  private void startAuthorities(LabCertificates certificates, Instant labStart)
      throws BindException {
    PkiSpec pki = spec.pki();
    if (!pki.host().isEmpty() && pki.running()) {
      PkiWebServer.start(
          machines.get(pki.host()), pki, labStart, certificates.mint(), certificates::issued);
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

  private void startNps() throws BindException {
    Machine machine = machines.get(spec.nps().host());
    npsMember = domain.memberForNps(machine);
    nps =
        NetworkPolicyServer.start(
            machine, spec.nps(), npsMember, spec.directory().domain(), records::add);
  }

  private void startClient(String name, ClientSpec client) {
    Machine machine = machines.get(name);
    ClientSpec.Retransmission again = client.retransmission();
    Optional<InetAddress> nameServer =
        Optional.of(client.nameServer())
            .filter(text -> !text.isEmpty())
            .map(text -> Ipv4Address.parse(text).toInetAddress());
    ClientSettings settings =
        new ClientSettings(
            nameServer,
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

  /** Every request of a client for a certificate is for a key of its own. */
  private Optional<TokenBroker> tokenBroker(Machine machine, ClientSettings settings) {
    if (spec.cloud().host().isEmpty()) {
      return Optional.empty();
    }
    AtomicInteger next = new AtomicInteger(REQUESTED_KEYS + 100 * dialers.size());
    return Optional.of(
        new TokenBroker(
            machine,
            settings.nameServer(),
            spec.cloud().name(),
            CloudService.PATH,
            () -> keys.keyPair(KeyKind.RSA2048, next.getAndIncrement())));
  }

  /**
   * Waits until the servers have found their domain, or have given up.
   *
   * @param limit lab time
   */
  void settle(Duration limit) {
    network.runUntil(domain::settled, limit);
  }

  /** What {@link Lab#restart} promises. */
  void restart(String host, Duration limit) {
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
    settle(limit);
  }
}
