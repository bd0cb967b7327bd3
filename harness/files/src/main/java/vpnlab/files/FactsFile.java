package vpnlab.files;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.ServerValidation;

/**
 * What no log has: what {@code ipconfig}, {@code Get-Service}, {@code netstat} and {@code route
 * print} show on hosts, what the phone book has, and what a user tried. Lines of three columns
 * between commas, {@code Host,What,Value}; parts of a value stand between tabs. This format is
 * vpnlab's own; a line for each thing keeps it easy to write by hand.
 *
 * <p>What is {@code Address}; {@code Service} (name, state); {@code Listener} (as {@code
 * udp/10.0.0.2:1812}); {@code Route}; {@code Routing} ({@code yes}); {@code Profile} (name of the
 * connection, setting, value); {@code Probe} (time, kind, target, sent, received, result, error).
 */
final class FactsFile {
  private static final String HEADING = "Host,What,Value";
  private static final String YES = "yes";

  private FactsFile() {}

  static boolean begins(String text) {
    return text.startsWith(HEADING);
  }

  /**
   * What a file has.
   *
   * @param profiles by host and name of the connection, separated by a tab
   */
  record Contents(
      List<HostFacts> hosts, Map<String, DialedProfile> profiles, List<ProbeResult> probes) {
    int size() {
      return hosts.size() + profiles.size() + probes.size();
    }
  }

  static void write(Path file, Evidence evidence) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.print(HEADING + "\n");
      for (HostFacts host : evidence.hosts()) {
        String name = host.host();
        host.addresses().forEach(address -> line(out, name, "Address", address));
        host.services().forEach((service, state) -> line(out, name, "Service", service, state));
        host.listeners().forEach(listener -> line(out, name, "Listener", listener));
        host.routes().forEach(route -> line(out, name, "Route", route));
        line(out, name, "Routing", host.routing() ? YES : "no");
      }
      if (!evidence.client().isEmpty()) {
        profile(out, evidence.client(), evidence.profile());
      }
      for (ProbeResult probe : evidence.probes()) {
        line(
            out,
            probe.host(),
            "Probe",
            probe.at().toString(),
            probe.kind().name().toLowerCase(Locale.ROOT),
            probe.target(),
            Integer.toString(probe.sent()),
            Integer.toString(probe.received()),
            probe.result(),
            probe.error());
      }
    }
  }

  private static void profile(PrintWriter out, String host, DialedProfile profile) {
    String name = profile.name();
    line(out, host, "Profile", name, "Server", profile.server());
    line(out, host, "Profile", name, "Tunnel", profile.tunnelType());
    line(out, host, "Profile", name, "Authentication", profile.authentication());
    line(out, host, "Profile", name, "User", profile.userName());
    profile.ikeProposals().forEach(each -> line(out, host, "Profile", name, "Proposal", each));
    profile
        .serverValidation()
        .ifPresent(
            server -> {
              line(out, host, "Profile", name, "ValidateServer", server.enabled() ? YES : "no");
              line(
                  out,
                  host,
                  "Profile",
                  name,
                  "RequireCryptoBinding",
                  server.cryptobindingRequired() ? YES : "no");
              server
                  .trustedRoots()
                  .forEach(root -> line(out, host, "Profile", name, "TrustedRootCA", root));
              server
                  .serverNames()
                  .forEach(each -> line(out, host, "Profile", name, "ServerName", each));
            });
  }

  private static void line(PrintWriter out, String host, String what, String... parts) {
    List<String> clean = new ArrayList<>();
    for (String part : parts) {
      clean.add(part.replaceAll("[\t\r\n]", " "));
    }
    out.print(host + "," + what + "," + String.join("\t", clean) + "\n");
  }

  /** Lines of another shape are reported and skipped. */
  static Contents read(Path file, SkippedLines skipped) throws IOException {
    Map<String, Host> hosts = new LinkedHashMap<>();
    Map<String, Profile> profiles = new LinkedHashMap<>();
    List<ProbeResult> probes = new ArrayList<>();
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      String[] columns = lines.get(i).split(",", 3);
      boolean good = columns.length == 3;
      if (good) {
        String host = columns[0];
        List<String> parts = List.of(columns[2].split("\t", -1));
        good =
            switch (columns[1]) {
              case "Profile" ->
                  parts.size() == 3
                      && profiles
                          .computeIfAbsent(host + "\t" + parts.get(0), key -> new Profile())
                          .add(parts.get(1), parts.get(2));
              case "Probe" -> probe(host, parts).map(probes::add).orElse(false);
              default -> hosts.computeIfAbsent(host, name -> new Host()).add(columns[1], parts);
            };
      }
      if (!good) {
        skipped.add(i + 1L, SkippedLines.Kind.VALUE, "is no line of Host,What,Value");
      }
    }
    Map<String, DialedProfile> read = new LinkedHashMap<>();
    profiles.forEach((key, profile) -> read.put(key, profile.of(key)));
    return new Contents(
        hosts.entrySet().stream().map(host -> host.getValue().of(host.getKey())).toList(),
        read,
        probes);
  }

  private static Optional<ProbeResult> probe(String host, List<String> parts) {
    if (parts.size() != 7) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProbeResult(
              Instant.parse(parts.get(0)),
              host,
              ProbeResult.Kind.valueOf(parts.get(1).toUpperCase(Locale.ROOT)),
              parts.get(2),
              Integer.parseInt(parts.get(3)),
              Integer.parseInt(parts.get(4)),
              parts.get(5),
              parts.get(6)));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static final class Host {
    private final List<String> addresses = new ArrayList<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final List<String> listeners = new ArrayList<>();
    private final List<String> routes = new ArrayList<>();
    private boolean routing;

    boolean add(String what, List<String> parts) {
      String value = parts.get(0);
      switch (what) {
        case "Address" -> addresses.add(value);
        case "Listener" -> listeners.add(value);
        case "Route" -> routes.add(value);
        case "Routing" -> routing = value.equalsIgnoreCase(YES);
        case "Service" -> {
          if (parts.size() != 2) {
            return false;
          }
          services.put(value, parts.get(1));
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    HostFacts of(String name) {
      return new HostFacts(name, addresses, services, listeners, routes, routing);
    }
  }

  private static final class Profile {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> proposals = new ArrayList<>();
    private final List<String> roots = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    boolean add(String setting, String value) {
      switch (setting) {
        case "Proposal" -> proposals.add(value);
        case "TrustedRootCA" -> roots.add(value);
        case "ServerName" -> names.add(value);
        case "Server",
            "Tunnel",
            "Authentication",
            "User",
            "ValidateServer",
            "RequireCryptoBinding" ->
            settings.put(setting, value);
        default -> {
          return false;
        }
      }
      return true;
    }

    private String setting(String name) {
      return settings.getOrDefault(name, "");
    }

    DialedProfile of(String key) {
      return new DialedProfile(
          key.substring(key.indexOf('\t') + 1),
          setting("Server"),
          setting("Tunnel"),
          setting("Authentication"),
          setting("User"),
          proposals,
          settings.containsKey("ValidateServer")
              ? Optional.of(
                  new ServerValidation(
                      setting("ValidateServer").equals(YES),
                      roots,
                      names,
                      setting("RequireCryptoBinding").equals(YES)))
              : Optional.empty());
    }
  }
}
