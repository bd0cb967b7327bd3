package vpnlab.lab.spec;

import java.time.Instant;
import java.util.Map;

/**
 * A whole lab as data: the healthy file, changed by the merge patches of its faults.
 *
 * @param name the lab's name
 * @param clock where virtual time begins; a lab on real sockets begins now
 * @param network segments, routers and hosts
 * @param certificates recipes of certificates, by name
 * @param clients the VPN clients, by the name of their host
 * @param rras the VPN server
 * @param nps the RADIUS server
 * @param directory the accounts
 * @param dns the public name server
 * @param intranetDns the name server of the intranet
 * @param web the web server of the intranet
 * @param dhcp the DHCP server
 * @param timeServer the host that tells the time (SNTP), empty for none
 * @param pki where the company's revocation lists are
 * @param cloud conditional access
 */
public record LabSpec(
    String name,
    Instant clock,
    NetworkSpec network,
    Map<String, CertificateSpec> certificates,
    Map<String, ClientSpec> clients,
    RrasSpec rras,
    NpsSpec nps,
    DirectorySpec directory,
    DnsSpec dns,
    DnsSpec intranetDns,
    WebSpec web,
    DhcpSpec dhcp,
    String timeServer,
    PkiSpec pki,
    CloudSpec cloud) {

  /** Reads and checks a document; throws {@link SpecException} with everything that is wrong. */
  public static LabSpec of(SpecNode.Mapping document) {
    return SpecReader.bind(
        document,
        r -> {
          r.text("description");
          NetworkSpec network = r.map("network", NetworkSpec::of);
          LabSpec lab =
              new LabSpec(
                  r.requiredText("name"),
                  r.parsed("clock", Instants::parse).orElse(Instant.parse("2026-01-15T09:00:00Z")),
                  network,
                  r.maps("certificates", CertificateSpec::of),
                  r.maps("clients", ClientSpec::of),
                  r.map("rras", RrasSpec::of),
                  r.map("nps", NpsSpec::of),
                  r.map("directory", DirectorySpec::of),
                  r.map("dns", DnsSpec::of),
                  r.map("intranetDns", DnsSpec::of),
                  r.map("web", WebSpec::of),
                  r.map("dhcp", DhcpSpec::of),
                  r.text("timeServer", ""),
                  r.map("pki", PkiSpec::of),
                  r.map("cloud", CloudSpec::of));
          new LabCheck(lab, r).run();
          return lab;
        });
  }
}
