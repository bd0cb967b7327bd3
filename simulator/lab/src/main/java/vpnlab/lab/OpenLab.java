package vpnlab.lab;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vpnlab.lab.host.StoredKey;
import vpnlab.lab.spec.AddressRange;
import vpnlab.lab.spec.ClientSpec.ProfileSpec;
import vpnlab.lab.spec.DhcpSpec;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.NpsSpec;
import vpnlab.lab.spec.NpsSpec.RadiusClientSpec;
import vpnlab.lab.spec.RrasSpec;
import vpnlab.lab.spec.RrasSpec.RadiusServerSpec;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/**
 * A lab on real sockets that real clients can reach: a client on this machine takes the place of
 * one of the lab's clients, behind the same routers and firewalls, and any RADIUS client can ask
 * NPS.
 */
public final class OpenLab implements AutoCloseable {
  private static final int IKE = 500;
  private static final int NAT_T = 4500;

  private final Lab lab;
  private final LabSpec spec;
  private final ProfileSpec profile;
  private final String client;
  private final String radiusSecret;

  private OpenLab(Lab lab, LabSpec spec, String client, String profile) {
    this.lab = lab;
    this.spec = spec;
    this.client = client;
    this.profile = spec.clients().get(client).profiles().get(profile);
    this.radiusSecret = outsideSecret(spec);
  }

  /**
   * Starts the lab and opens its ports.
   *
   * @param client whose place the real client takes; {@code profile} is what it dials
   * @param radius a real server that RRAS asks instead of NPS
   * @throws BindException when a port is taken; the message names it
   */
  public static OpenLab start(
      LabSpec spec,
      String client,
      String profile,
      OpenPorts ports,
      Optional<RadiusElsewhere> radius)
      throws BindException {
    LabSpec opened = withOutsiders(spec, ports, radius);
    Lab lab = Lab.start(opened, NetworkKind.SOCKETS, new SecureRandom().nextLong());
    OpenLab open = new OpenLab(lab, opened, client, profile);
    try {
      open.openPorts(ports, radius);
      return open;
    } catch (BindException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void openPorts(OpenPorts ports, Optional<RadiusElsewhere> radius) throws BindException {
    String home = firstSegment(spec, client);
    Ipv4Address server = dialedAddress();
    lab.openGateway(home, new InetSocketAddress(ports.bind(), ports.ike()), server.at(IKE));
    lab.openGateway(home, new InetSocketAddress(ports.bind(), ports.natT()), server.at(NAT_T));
    Ipv4Address nps = Ipv4Address.parse(address(spec.nps().host()));
    String intranet = firstSegment(spec, spec.nps().host());
    lab.openGateway(
        intranet,
        new InetSocketAddress(ports.bind(), ports.radius()),
        nps.at(spec.nps().authenticationPorts().get(0)));
    lab.openGateway(
        intranet,
        new InetSocketAddress(ports.bind(), ports.accounting()),
        nps.at(spec.nps().accountingPorts().get(0)));
    if (radius.isPresent()) {
      lab.openExit(intranet, beside(spec, intranet).at(radius.get().port()), radius.get().real());
    }
  }

  /** Where the profile's server is in the lab; RRAS's own address when its name leads nowhere. */
  private Ipv4Address dialedAddress() {
    String record = spec.dns().records().getOrDefault(profile.server(), profile.server());
    return record.matches("[0-9.]+")
        ? Ipv4Address.parse(record)
        : Ipv4Address.parse(address(spec.rras().host()));
  }

  /**
   * As whom RRAS knows a real RADIUS server: an address that nobody has on that segment. Its own
   * may be that of the real clients, too, and would lead to them.
   */
  private static Ipv4Address beside(LabSpec spec, String segment) {
    Ipv4Network network = Ipv4Network.parse(spec.network().segments().get(segment).subnet());
    Set<String> taken = new HashSet<>();
    spec.network().hosts().values().forEach(host -> taken.addAll(host.interfaces().values()));
    spec.network().routers().values().forEach(router -> taken.addAll(router.interfaces().values()));
    int broadcast = network.prefix().bits() | (int) (0xffffffffL >>> network.length());
    for (int bits = broadcast - 1; bits != network.prefix().bits(); bits--) {
      Ipv4Address free = new Ipv4Address(bits);
      if (!taken.contains(free.toString())) {
        return free;
      }
    }
    throw new IllegalStateException("no address is free on " + segment);
  }

  private static String firstSegment(LabSpec spec, String host) {
    return spec.network().hosts().get(host).interfaces().keySet().iterator().next();
  }

  private String address(String host) {
    return spec.network().hosts().get(host).interfaces().values().iterator().next();
  }

  /** Outsiders may ask NPS with the secret that RRAS has. */
  private static LabSpec withOutsiders(
      LabSpec spec, OpenPorts ports, Optional<RadiusElsewhere> radius) {
    NpsSpec nps = spec.nps();
    Map<String, RadiusClientSpec> clients = new LinkedHashMap<>(nps.clients());
    clients.put(
        "outside",
        new RadiusClientSpec(ports.bind().getHostAddress() + "/8", outsideSecret(spec), false));
    RrasSpec rras = spec.rras();
    Map<String, RadiusServerSpec> servers = new LinkedHashMap<>(rras.radius());
    if (radius.isPresent()) {
      RadiusServerSpec before = servers.values().iterator().next();
      servers.clear();
      servers.put(
          "elsewhere",
          new RadiusServerSpec(
              beside(spec, firstSegment(spec, nps.host())).toString(),
              radius.get().port(),
              before.accountingPort(),
              false,
              radius.get().secret(),
              before.timeout(),
              before.retries()));
    }
    return new LabSpec(
        spec.name(),
        spec.clock(),
        spec.network(),
        spec.certificates(),
        spec.clients(),
        new RrasSpec(
            rras.host(),
            rras.running(),
            rras.ikev2(),
            rras.proposals(),
            rras.authentication(),
            rras.preSharedKey(),
            rras.sendChain(),
            rras.fragmentation(),
            rras.mobike(),
            rras.networkOutageTime(),
            rras.lanAccess(),
            rras.pool(),
            servers,
            rras.provider(),
            rras.eapMethods()),
        nps.withClients(clients),
        spec.directory(),
        spec.dns(),
        spec.intranetDns(),
        spec.web(),
        spec.dhcp(),
        spec.timeServer(),
        spec.pki(),
        spec.cloud());
  }

  private static String outsideSecret(LabSpec spec) {
    return spec.nps().clients().values().stream()
        .findFirst()
        .map(RadiusClientSpec::secret)
        .orElse("vpnlab");
  }

  /** The lab behind the ports. */
  public Lab lab() {
    return lab;
  }

  /** What the user dials. */
  public ProfileSpec profile() {
    return profile;
  }

  public String radiusSecret() {
    return radiusSecret;
  }

  /**
   * The smallest network that holds the pool's first range, or that of DHCP, e.g. {@code
   * 10.8.0.0/24}; empty for no pool.
   */
  public String pool() {
    String range = spec.rras().pool().range();
    if (!range.isEmpty()) {
      return AddressRange.parseAll(range).get(0).cidr();
    }
    return spec.rras().pool().dhcp().isEmpty()
        ? ""
        : spec.dhcp().scopes().values().stream()
            .findFirst()
            .map(DhcpSpec.ScopeSpec::subnet)
            .orElse("");
  }

  /** What the client's computer trusts. */
  public List<X509Certificate> trustedRoots() {
    return lab.machine(client).stores().certificates("machine-root");
  }

  /** The certificate that the profile authenticates with, or the user's, if there is one. */
  public Optional<StoredKey> clientCertificate() {
    String store =
        profile.authentication().equals("machine-certificate") ? "machine-my" : "user-my";
    return lab.machine(client).stores().withKey(store).stream().findFirst();
  }

  @Override
  public void close() {
    lab.close();
  }
}
