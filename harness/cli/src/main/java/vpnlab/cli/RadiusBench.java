package vpnlab.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vpnlab.runner.load.LoadCount;
import vpnlab.runner.load.LoadMethod;
import vpnlab.runner.load.LoadSettings;
import vpnlab.runner.load.LoadTarget;
import vpnlab.runner.load.RadiusLoad;
import vpnlab.runner.report.Table;

@Command(
    name = "radius",
    mixinStandardHelpOptions = true,
    description = {
      "Puts RADIUS servers under load: authentications a second, one server beside the other.",
      "",
      "The servers take turns, and the first turn of each, --warm-up, does not count. Every",
      "request is accounted for. In a last turn some are sent twice on purpose, and both answers",
      "must be the same, octet by octet; a second one that gets no answer is sent again after a",
      "second, three times at most, as clients do. Our own NPS: 'vpnlab up SCENARIO', whose first",
      "line names its port and secret.",
      "",
      "AUTH/S is the median of the turns, MIN..MAX their range, RATIO that to the first server.",
      "TRIPS are requests for each authentication. CPU/AUTH is the server's processor time (with",
      "--pid), CLIENT this program's: with both on one machine, all its processors cannot do more",
      "authentications a second than their number divided by the sum of the two.",
      "",
      "Exit code 1, whichever server it was: a request that got no answer after all",
      "retransmissions (LOST), right credentials that were REFUSED, a second answer that differs",
      "from the first (UNLIKE), or none (UNANSWERED). Rates have no part in it."
    })
final class RadiusBench implements Callable<Integer> {
  @Option(
      names = "--server",
      required = true,
      paramLabel = "NAME=HOST:PORT:SECRET",
      description = "A RADIUS server; several, and the others are held against the first.")
  private List<String> servers;

  @Option(
      names = "--pid",
      paramLabel = "NAME=PID",
      description = "The process that runs that server; then its processor time is told too.")
  private Map<String, Long> pids = Map.of();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "pap, eap-mschapv2, peap-eap-mschapv2 or peap-fast-reconnect (TLS sessions are"
              + " resumed); several are run one after another.")
  private List<String> methods = List.of("pap", "peap-eap-mschapv2", "peap-fast-reconnect");

  @Option(names = "--user", required = true, description = "Whom all servers know.")
  private String user;

  @Option(names = "--password", required = true, description = "The user's password.")
  private String password;

  @Option(
      names = "--workers",
      defaultValue = "8",
      description = "Authentications at a time; default 8.")
  private int workers;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Length of a turn in seconds; default 5.")
  private double seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "Length of the first turn, for Java to compile in; default 10 seconds.")
  private double warmUp;

  @Option(names = "--rounds", defaultValue = "5", description = "Turns that count; default 5.")
  private int rounds;

  @Option(
      names = "--duplicate-every",
      defaultValue = "20",
      description = "Every so many requests one is sent twice; 0 for none; default 20.")
  private int duplicateEvery;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<LoadTarget> targets = new ArrayList<>();
    List<LoadMethod> chosen = new ArrayList<>();
    LoadSettings settings;
    try {
      servers.forEach(text -> targets.add(target(text)));
      methods.forEach(id -> chosen.add(method(id)));
      settings =
          new LoadSettings(
              user,
              password,
              workers,
              Duration.ofNanos(Math.round(warmUp * 1e9)),
              Duration.ofNanos(Math.round(seconds * 1e9)),
              rounds,
              duplicateEvery);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    RadiusLoad load = new RadiusLoad(settings);
    List<RadiusLoad.Result> results;
    try (Progress progress = Progress.of("bench", load.slices(targets.size(), chosen.size()))) {
      results = load.run(targets, chosen, progress::step);
    }
    spec.commandLine().getOut().print(table(results));
    spec.commandLine().getOut().flush();
    return results.stream()
            .allMatch(result -> result.count().flawless() && result.duplicated().flawless())
        ? ExitCode.AS_EXPECTED
        : ExitCode.MISSED;
  }

  private LoadTarget target(String text) {
    LoadTarget target = LoadTarget.parse(text);
    Long pid = pids.get(target.name());
    return pid == null ? target : target.runBy(pid);
  }

  private static LoadMethod method(String id) {
    return LoadMethod.of(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--method cannot be '"
                        + id
                        + "'; pap, eap-mschapv2, peap-eap-mschapv2 or peap-fast-reconnect"));
  }

  private static String table(List<RadiusLoad.Result> results) {
    Table table =
        new Table(
            "METHOD",
            "SERVER",
            "AUTH/S",
            "RATIO",
            "MIN..MAX",
            "CPU/AUTH",
            "CLIENT",
            "MEDIAN",
            "99 %",
            "TRIPS",
            "REQUESTS",
            "LOST",
            "RESENT",
            "REFUSED",
            "DUPLICATES",
            "UNLIKE",
            "UNANSWERED");
    for (RadiusLoad.Result one : results) {
      RadiusLoad.Result first =
          results.stream().filter(r -> r.method() == one.method()).findFirst().orElseThrow();
      LoadCount count = one.count();
      LoadCount twice = one.duplicated();
      table.row(
          one.method().id(),
          one.target().name(),
          decimal(one.rate()),
          "%.2f".formatted(one.rate() / first.rate()),
          decimal(one.rates().stream().min(Double::compare).orElse(0.0))
              + ".."
              + decimal(one.rates().stream().max(Double::compare).orElse(0.0)),
          one.processorMillis().map("%.2f ms"::formatted).orElse("-"),
          "%.2f ms".formatted(one.ownMillis()),
          millis(count.latency(0.5)),
          millis(count.latency(0.99)),
          trips(count),
          count.answeredTotal() + count.lostTotal(),
          count.lostTotal() + twice.lostTotal(),
          count.sentAgainTotal(),
          count.refusedTotal() + twice.refusedTotal(),
          twice.duplicatesTotal(),
          twice.duplicatesUnlikeTotal(),
          twice.duplicatesUnansweredTotal());
    }
    return table.toString();
  }

  private static String trips(LoadCount count) {
    return count.acceptedTotal() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f", 1.0 * count.answeredTotal() / count.acceptedTotal());
  }

  private static String decimal(double rate) {
    return String.format(Locale.ROOT, "%.0f", rate);
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }
}
