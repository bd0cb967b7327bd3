package vpnlab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.ProbeResult.Kind;
import vpnlab.evidence.RasError;
import vpnlab.lab.Trial;
import vpnlab.lab.spec.Nearest;
import vpnlab.runner.engine.DiagnosisJson;
import vpnlab.runner.engine.Engines;
import vpnlab.runner.real.RealDial;
import vpnlab.runner.report.Ladder;
import vpnlab.runner.report.MismatchReport;

@Command(
    name = "diagnose",
    mixinStandardHelpOptions = true,
    description = {
      "Says what is wrong with a connection, in one of two ways:",
      "",
      "  vpnlab diagnose --server ADDR --ca FILE --auth METHOD ...",
      "      dials a real IKEv2 server with vpnlab's client;",
      "  vpnlab diagnose --evidence DIR",
      "      reads a folder of logs, without any lab or server: NPS logs (comma-separated and",
      "      XML), events of Windows as XML, captures (pcapng). Files are known by what is in",
      "      them, whatever their names.",
      "",
      "Exit code 0: healthy, or no failed attempt in the folder; 1: a fault was found; 2: the",
      "folder or an option is wrong; 4: nothing in the folder can be read."
    })
final class DiagnoseCommand implements Callable<Integer> {
  private static final List<String> METHODS =
      List.of("eap-mschapv2", "eap-tls", "machine-certificate");
  private static final int MAX_PORT = 65535;

  @Option(
      names = "--evidence",
      paramLabel = "DIR",
      description = "A folder (or one file) of logs to read instead of dialing.")
  private Path evidence;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "With --evidence: attempts from then on, 2026-01-15T09:00 or with Z.")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "With --evidence: before then.")
  private String until;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "With --evidence: the latest N failed attempts are shown; default 20.")
  private int limit;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "With --evidence: time zone of NPS's log, and of times without one; default: this"
              + " computer's.")
  private String zone;

  @Option(
      names = "--clock-skew",
      paramLabel = "S",
      defaultValue = "3",
      description = "With --evidence: seconds that the hosts' clocks may differ; default 3.")
  private int skew;

  @Option(
      names = "--server",
      paramLabel = "ADDR",
      description = "The server's IPv4 address or name.")
  private String server;

  @Option(
      names = "--server-name",
      paramLabel = "FQDN",
      description = "What its certificate must name; default: what --server says.")
  private String serverName;

  @Option(names = "--ike-port", paramLabel = "N", defaultValue = "500", description = "default 500")
  private int ikePort;

  @Option(
      names = "--nat-port",
      paramLabel = "N",
      defaultValue = "4500",
      description = "default 4500")
  private int natPort;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "A CA that the client trusts, PEM or DER; several times for several.")
  private List<Path> authorities = new ArrayList<>();

  @Option(
      names = "--auth",
      paramLabel = "METHOD",
      description = "eap-mschapv2, eap-tls or machine-certificate")
  private String method;

  @Option(
      names = "--user",
      defaultValue = "",
      description = "Who dials by EAP; with --evidence: only this account's attempts.")
  private String user;

  @Option(names = "--password", defaultValue = "", description = "For eap-mschapv2.")
  private String password;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "The client's certificate, and those between it and its root.")
  private Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "Its private key, PEM.")
  private Path key;

  @Option(
      names = "--proposals",
      split = ",",
      paramLabel = "LIST",
      description =
          "IKE proposals such as aes256-sha256-modp2048; default: those of Windows with group 14"
              + " switched on.")
  private List<String> proposals = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "S",
      defaultValue = "30",
      description = "Seconds for which an unanswered request is repeated; default 30.")
  private int timeout;

  @Option(
      names = "--ping",
      paramLabel = "HOST",
      description = "Once connected, pings an address or name through the tunnel; repeatable.")
  private List<String> pings = new ArrayList<>();

  @Option(
      names = "--ping-count",
      paramLabel = "N",
      defaultValue = "4",
      description = "Echo requests of each --ping; default 4.")
  private int pingCount;

  @Option(
      names = "--ping-interval",
      paramLabel = "MS",
      defaultValue = "1000",
      description = "Milliseconds from one to the next; default 1000.")
  private int pingInterval;

  @Option(
      names = "--resolve",
      paramLabel = "NAME",
      description = "Once connected, asks the server's name server for a name; repeatable.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--get",
      paramLabel = "URL",
      description = "Once connected, gets an http:// page through the tunnel; repeatable.")
  private List<String> pages = new ArrayList<>();

  @Option(names = "--format", defaultValue = "table", description = "table or json")
  private Format format;

  @Option(names = "--trace", description = "Prints what happened as a ladder diagram on stderr.")
  private boolean trace;

  @Option(
      names = "--engine-command",
      paramLabel = "CMD",
      description = "Your own engine: evidence as JSON on stdin, a diagnosis as JSON on stdout.")
  private String engineCommand;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (evidence != null) {
      noDialing();
      EvidenceDiagnosis files = new EvidenceDiagnosis(spec.commandLine(), evidence, format);
      files.options(user, since, until, limit, zone, skew);
      return files.run(Engines.of(engineCommand, Path.of("").toAbsolutePath()));
    }
    check();
    DiagnosticEngine engine = Engines.of(engineCommand, Path.of("").toAbsolutePath());
    RealDial dial =
        new RealDial(
            address(),
            serverName == null ? server : serverName,
            ikePort,
            natPort,
            authorities,
            method,
            user,
            password,
            Optional.ofNullable(certificate),
            Optional.ofNullable(key),
            proposals,
            Duration.ofSeconds(timeout),
            trials());
    RealDial.Outcome outcome;
    try {
      outcome = dial.diagnose(engine);
    } catch (IOException e) {
      throw new UsageException(e.getMessage());
    }
    if (trace) {
      spec.commandLine().getErr().println(Ladder.of(outcome.transcript()));
    }
    for (ProbeResult probe : outcome.evidence().probes()) {
      spec.commandLine()
          .getErr()
          .printf(
              "%s %s: %d of %d answered%s%n",
              probe.kind().name().toLowerCase(Locale.ROOT),
              probe.target(),
              probe.received(),
              probe.sent(),
              probe.error().isEmpty() ? "" : ", " + probe.error());
    }
    print(outcome.diagnosis());
    return outcome.diagnosis().healthy() ? ExitCode.AS_EXPECTED : ExitCode.MISSED;
  }

  private List<Trial> trials() {
    Duration interval = Duration.ofMillis(pingInterval);
    List<Trial> trials = new ArrayList<>();
    pings.forEach(host -> trials.add(new Trial(Kind.PING, host, pingCount, interval)));
    names.forEach(name -> trials.add(new Trial(Kind.RESOLVE, name, 1, interval)));
    pages.forEach(url -> trials.add(new Trial(Kind.GET, url, 1, interval)));
    return trials;
  }

  private void print(Diagnosis diagnosis) {
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(DiagnosisJson.write(diagnosis));
      return;
    }
    if (diagnosis.healthy()) {
      out.println("0 ERROR_SUCCESS: connected; nothing is wrong that can be seen from here");
      return;
    }
    RasError error = RasError.of(diagnosis.code());
    out.println(diagnosis.code() + " " + diagnosis.symbol() + ": " + error.meaning());
    out.println("at the stage " + diagnosis.stage().id());
    if (diagnosis.findings().size() > 1) {
      out.println("one of " + diagnosis.findings().size() + " causes:");
    }
    out.print(MismatchReport.findings(diagnosis));
    out.flush();
  }

  private void noDialing() {
    if (server != null || method != null || !authorities.isEmpty() || !password.isEmpty()) {
      throw new UsageException(
          "--evidence reads files and dials nobody; leave --server, --ca, --auth and --password"
              + " away");
    }
  }

  private void check() {
    List<String> missing = new ArrayList<>();
    if (server == null) {
      missing.add("--server");
    }
    if (authorities.isEmpty()) {
      missing.add("--ca");
    }
    if (method == null) {
      missing.add("--auth");
    }
    if (!missing.isEmpty()) {
      throw new UsageException(
          "dialing needs " + String.join(", ", missing) + "; or read files with --evidence DIR");
    }
    if (!METHODS.contains(method)) {
      throw new UsageException(
          "--auth: cannot be '" + method + "'; " + Nearest.suggestion(method, METHODS));
    }
    if (method.equals("eap-mschapv2") && (user.isEmpty() || password.isEmpty())) {
      throw new UsageException("--auth eap-mschapv2 needs --user and --password");
    }
    if (!method.equals("eap-mschapv2") && (certificate == null) != (key == null)) {
      throw new UsageException("--cert and --key belong together; one of them is missing");
    }
    if (method.equals("eap-tls") && certificate == null) {
      throw new UsageException("--auth eap-tls needs --cert and --key");
    }
    for (int port : List.of(ikePort, natPort)) {
      if (port < 1 || port > MAX_PORT) {
        throw new UsageException(port + " is not a UDP port; 1 to " + MAX_PORT + " are");
      }
    }
    if (pingCount < 1 || pingInterval < 0) {
      throw new UsageException("--ping-count must be at least 1, --ping-interval at least 0");
    }
    for (String page : pages) {
      if (!page.matches("http://[^/\\s]+(/\\S*)?")) {
        throw new UsageException("--get: '" + page + "' is no http:// URL");
      }
    }
    if (timeout < 1) {
      throw new UsageException("--timeout: must be at least one second");
    }
    List<Path> files = new ArrayList<>(authorities);
    Optional.ofNullable(certificate).ifPresent(files::add);
    Optional.ofNullable(key).ifPresent(files::add);
    for (Path file : files) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        String what = Files.exists(file) ? " cannot be read" : " does not exist";
        throw new UsageException("the file " + file + what + "; give a PEM file that can be read");
      }
    }
  }

  private InetAddress address() {
    try {
      for (InetAddress address : InetAddress.getAllByName(server)) {
        if (address instanceof Inet4Address) {
          return address;
        }
      }
    } catch (UnknownHostException e) {
      // falls through to the same complaint
    }
    throw new UsageException(
        "--server: '" + server + "' has no IPv4 address; give one and the name by --server-name");
  }
}
