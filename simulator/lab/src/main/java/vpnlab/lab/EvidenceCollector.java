package vpnlab.lab;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.DirectoryObject;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.StoredCertificate;
import vpnlab.evidence.Vantage;
import vpnlab.lab.directory.DirectoryServer;
import vpnlab.lab.host.Machine;
import vpnlab.lab.spec.ClientSpec.ProfileSpec;
import vpnlab.lab.spec.LabSpec;
import vpnlab.network.LabNetwork;
import vpnlab.protocol.ike.IkeProposals;

/**
 * Looks at a lab as people do at its hosts: what captures, event logs, certificate stores and the
 * system's own tools show.
 *
 * @param directory what an administrator's tools list of the directory
 */
record EvidenceCollector(
    LabSpec spec,
    LabNetwork network,
    Map<String, Machine> machines,
    LabRecords records,
    EapProfiles eapProfiles,
    Supplier<List<DirectoryObject>> directory) {

  /**
   * What there is to see from a vantage point. The client sees its own computer; the administrator
   * also the servers and the routers, but not the computers of other users.
   *
   * @param name of the profile that was dialed
   */
  Evidence collect(Vantage vantage, String client, String name, ProfileSpec dialed) {
    List<String> visible = new ArrayList<>(List.of(client));
    if (vantage == Vantage.ADMINISTRATOR) {
      spec.network().hosts().keySet().stream()
          .filter(host -> !spec.clients().containsKey(host))
          .forEach(visible::add);
    }
    List<EventRecord> events =
        records.events().stream().filter(event -> visible.contains(event.host())).toList();
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
        phoneBook(name, dialed),
        packets(visible),
        events,
        certificates,
        facts,
        visible.contains(spec.nps().host()) ? records.npsLog() : List.of());
  }

  /** All captures of those hosts, in order of time. */
  List<CapturedPacket> packets(Collection<String> hosts) {
    List<CapturedPacket> packets = new ArrayList<>();
    hosts.forEach(host -> packets.addAll(network.captures(host)));
    packets.sort(Comparator.comparing(CapturedPacket::at));
    return packets;
  }

  private DialedProfile phoneBook(String name, ProfileSpec dialed) {
    List<String> proposals =
        dialed.proposals().isEmpty()
            ? IkeProposals.windowsDefault().stream().map(p -> p.describe()).toList()
            : dialed.proposals();
    return new DialedProfile(
        name,
        dialed.server(),
        dialed.tunnel(),
        dialed.authentication(),
        dialed.user(),
        proposals,
        eapProfiles.validation(dialed),
        dialed.access().deviceCompliance(),
        dialed.access().tlsExtensions());
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
        .withDirectory(serves && listens(host, DirectoryServer.PORT) ? directory.get() : List.of());
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
}
