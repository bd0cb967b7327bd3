package vpnlab.runner.real;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vpnlab.evidence.EventRecord;
import vpnlab.lab.DialResult;
import vpnlab.lab.Lab;
import vpnlab.lab.OpenLab;
import vpnlab.lab.OpenPorts;
import vpnlab.lab.RadiusElsewhere;
import vpnlab.lab.host.StoredKey;
import vpnlab.lab.spec.LabSpec;
import vpnlab.protocol.x509.PemFile;
import vpnlab.runner.Attempt;
import vpnlab.runner.Scenario;

/** A scenario's lab on real ports, with all that a real client needs to dial it. */
public final class OpenScenario implements AutoCloseable {
  private final Scenario scenario;
  private final LabSpec spec;
  private final OpenPorts ports;
  private final OpenLab open;
  private final Path folder;
  private final Path authority;
  private final Optional<Map<String, String>> ownCertificate;

  private OpenScenario(Scenario scenario, LabSpec spec, OpenPorts ports, OpenLab open, Path folder)
      throws IOException {
    this.scenario = scenario;
    this.spec = spec;
    this.ports = ports;
    this.open = open;
    this.folder = folder;
    this.authority = folder.resolve("ca.pem");
    List<X509Certificate> roots = open.trustedRoots();
    PemFile.writeCertificates(authority, roots);
    this.ownCertificate = writeOwn();
  }

  /**
   * Starts the lab, lets those clients connect that the scenario wants there before, and opens the
   * ports.
   *
   * @param radius a real RADIUS server in NPS's place
   * @throws BindException when a port is taken; the message names it
   */
  public static OpenScenario start(
      Scenario scenario, OpenPorts ports, Optional<RadiusElsewhere> radius) throws IOException {
    LabSpec spec = scenario.labWithout(Set.of());
    Attempt attempt = scenario.attempt();
    OpenLab open = OpenLab.start(spec, attempt.client(), attempt.profile(), ports, radius);
    try {
      for (Attempt other : scenario.before()) {
        DialResult result = open.lab().dial(other.client(), other.profile());
        if (!result.connected()) {
          throw new IllegalStateException(other + " first, but failed: error " + result.code());
        }
      }
      return new OpenScenario(scenario, spec, ports, open, Files.createTempDirectory("vpnlab-up-"));
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private Optional<Map<String, String>> writeOwn() throws IOException {
    Optional<StoredKey> own = open.clientCertificate().filter(stored -> stored.key().isPresent());
    if (own.isEmpty()) {
      return Optional.empty();
    }
    Path certificate = folder.resolve("client.pem");
    Path key = folder.resolve("client-key.pem");
    PemFile.writeCertificates(certificate, own.get().chain());
    PemFile.writePrivateKey(key, own.get().key().orElseThrow());
    return Optional.of(Map.of("certificate", certificate.toString(), "key", key.toString()));
  }

  /** What a program needs to know, as a tree for JSON. */
  public Map<String, Object> ready() {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("address", ports.bind().getHostAddress());
    server.put("name", open.profile().server());
    server.put("ike", ports.ike());
    server.put("natT", ports.natT());
    Map<String, Object> radius = new LinkedHashMap<>();
    radius.put("address", ports.bind().getHostAddress());
    radius.put("port", ports.radius());
    radius.put("accountingPort", ports.accounting());
    radius.put("secret", open.radiusSecret());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ready", true);
    json.put("scenario", scenario.name());
    json.put("server", server);
    json.put("radius", radius);
    json.put("pool", open.pool());
    json.put("ca", authority.toString());
    json.put("users", users());
    json.put("clientCertificate", ownCertificate.orElse(null));
    json.put("authentication", open.profile().authentication());
    return json;
  }

  /** First who the profile dials as, with the password that the profile has, right or wrong. */
  private List<Map<String, String>> users() {
    Map<String, String> passwords = new LinkedHashMap<>();
    if (!open.profile().user().isEmpty()) {
      String account = open.profile().user().replaceFirst("@.*$", "");
      String own =
          Optional.ofNullable(spec.directory().users().get(account))
              .map(user -> user.password())
              .orElse("");
      String password = open.profile().password();
      passwords.put(open.profile().user(), password.isEmpty() ? own : password);
    }
    spec.directory().users().forEach((name, user) -> passwords.putIfAbsent(name, user.password()));
    List<Map<String, String>> users = new ArrayList<>();
    passwords.forEach(
        (name, password) -> {
          Map<String, String> user = new LinkedHashMap<>();
          user.put("name", name);
          user.put("password", password);
          users.add(user);
        });
    return users;
  }

  /** The same for people. */
  public String summary() {
    String address = ports.bind().getHostAddress();
    return """
    %s is up
      dial           %s (as %s), IKE on UDP %d, then UDP %d
      authenticate   %s%s
      trust          %s
      RADIUS         %s, UDP %d, accounting %d, secret %s
      addresses      %s
    Ctrl-C ends it.
    """
        .formatted(
            scenario.name(),
            address,
            open.profile().server(),
            ports.ike(),
            ports.natT(),
            open.profile().authentication(),
            open.profile().user().isEmpty()
                ? ""
                : " as " + users().get(0).get("name") + " with " + users().get(0).get("password"),
            authority,
            address,
            ports.radius(),
            ports.accounting(),
            open.radiusSecret(),
            open.pool().isEmpty() ? "none: the pool is empty" : open.pool());
  }

  public Lab lab() {
    return open.lab();
  }

  /** The event records that were written while the lab was up. */
  public List<EventRecord> events() {
    return open.lab().events();
  }

  @Override
  public void close() {
    open.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Left-over files in the temporary folder do no harm.
    }
  }
}
