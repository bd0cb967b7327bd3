package vpnlab.lab.spec;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** References within a lab file that lead nowhere. */
final class LabCheck {
  private final LabSpec lab;
  private final SpecReader document;

  LabCheck(LabSpec lab, SpecReader document) {
    this.lab = lab;
    this.document = document;
  }

  void run() {
    Collection<String> hosts = lab.network().hosts().keySet();
    refers("rras", "host", lab.rras().host(), hosts, "host");
    refers("nps", "host", lab.nps().host(), hosts, "host");
    if (!lab.dns().host().isEmpty()) {
      refers("dns", "host", lab.dns().host(), hosts, "host");
    }
    refers("intranetDns", "host", lab.intranetDns().host(), hosts, "host");
    refers("web", "host", lab.web().host(), hosts, "host");
    if (!lab.dhcp().host().isEmpty()) {
      refers("dhcp", "host", lab.dhcp().host(), hosts, "host");
    }
    lab.web().pages().keySet().stream()
        .filter(path -> !path.startsWith("/"))
        .forEach(
            path ->
                document.problem(
                    List.of("web", "pages", path), "is no path", "did you mean '/" + path + "'?"));
    new AddressCheck(lab, document).run();
    new DirectoryCheck(lab, document).run();
    if (!lab.timeServer().isEmpty() && !hosts.contains(lab.timeServer())) {
      document.problem("timeServer", "names no host", Nearest.suggestion(lab.timeServer(), hosts));
    }
    authorities(hosts);
    lab.clients().keySet().forEach(name -> refers("clients", name, name, hosts, "host"));
    for (Map.Entry<String, CertificateSpec> entry : lab.certificates().entrySet()) {
      String issuer = entry.getValue().issuer();
      if (!issuer.isEmpty()) {
        refers(
            List.of("certificates", entry.getKey(), "issuer"),
            issuer,
            lab.certificates().keySet(),
            "certificate");
      }
    }
    lab.clients()
        .forEach(
            (client, spec) ->
                spec.profiles().forEach((name, profile) -> roots(client, name, profile)));
    Collection<String> segments = lab.network().segments().keySet();
    lab.network()
        .hosts()
        .forEach((name, host) -> segments("hosts", name, host.interfaces(), segments));
    lab.network()
        .routers()
        .forEach((name, router) -> segments("routers", name, router.interfaces(), segments));
    lab.network().hosts().forEach(this::stores);
    new NpsCheck(lab, document).run();
    if (document.clean()) {
      try {
        LabTopology.of(lab.network());
      } catch (IllegalArgumentException e) {
        document.problem("network", "does not fit together: " + e.getMessage(), "");
      }
    }
  }

  private void authorities(Collection<String> hosts) {
    Collection<String> certificates = lab.certificates().keySet();
    refers("pki", "host", lab.pki().host(), hosts, "host");
    lab.pki()
        .lists()
        .forEach(
            (name, list) -> {
              refers(List.of("pki", "lists", name), name, certificates, "certificate");
              List<String> where = List.of("pki", "lists", name, "revoked");
              list.revoked().forEach(one -> refers(where, one, certificates, "certificate"));
            });
    refers("cloud", "host", lab.cloud().host(), hosts, "host");
    lab.cloud()
        .devices()
        .keySet()
        .forEach(name -> refers(List.of("cloud", "devices", name), name, hosts, "host"));
    refers("cloud", "certificate", lab.cloud().certificate(), certificates, "certificate");
    refers("cloud", "authority", lab.cloud().authority(), certificates, "certificate");
  }

  private void segments(
      String kind, String name, Map<String, String> interfaces, Collection<String> segments) {
    for (String segment : interfaces.keySet()) {
      if (!segments.contains(segment)) {
        document.problem(
            List.of("network", kind, name, "interfaces", segment),
            "is on a segment that does not exist",
            Nearest.suggestion(segment, segments));
      }
    }
  }

  private void stores(String name, NetworkSpec.HostSpec host) {
    host.certificates()
        .forEach(
            (store, content) ->
                content.forEach(
                    (certificate, presence) -> {
                      if (!lab.certificates().containsKey(certificate)) {
                        document.problem(
                            List.of("network", "hosts", name, "certificates", store, certificate),
                            "is no certificate",
                            Nearest.suggestion(certificate, lab.certificates().keySet()));
                      }
                      if (!List.of("present", "with-key").contains(presence)) {
                        document.problem(
                            List.of("network", "hosts", name, "certificates", store, certificate),
                            "cannot be '" + presence + "'",
                            "write 'present' or 'with-key'");
                      }
                    }));
  }

  private void roots(String client, String name, ClientSpec.ProfileSpec profile) {
    List<String> where =
        List.of("clients", client, "profiles", name, "serverValidation", "trustedRoots");
    profile
        .serverValidation()
        .trustedRoots()
        .forEach(root -> refers(where, root, lab.certificates().keySet(), "certificate"));
  }

  private void refers(
      String section, String key, String name, Collection<String> known, String what) {
    refers(List.of(section, key), name, known, what);
  }

  private void refers(List<String> where, String name, Collection<String> known, String what) {
    if (name.isEmpty() || known.contains(name)) {
      return;
    }
    document.problem(
        where,
        "refers to the " + what + " '" + name + "', which does not exist",
        Nearest.suggestion(name, known));
  }
}
