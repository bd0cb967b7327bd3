package vpnlab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.files.EvidenceFolder;
import vpnlab.files.FileReport;
import vpnlab.files.FolderOptions;

/** {@code vpnlab diagnose --evidence}: a folder of logs instead of a lab. */
final class EvidenceDiagnosis {
  private static final long LARGE = 64_000_000;

  /** A system property: say how fast, and in how much memory, however small the files are. */
  static final String EFFORT = "vpnlab.effort";

  private final CommandLine command;
  private final Path folder;
  private final Format format;
  private FolderOptions options;

  EvidenceDiagnosis(CommandLine command, Path folder, Format format) {
    this.command = command;
    this.folder = folder;
    this.format = format;
  }

  /** The options as the user wrote them; null where he did not. */
  void options(String user, String since, String until, int limit, String zone, int skew) {
    if (limit < 1) {
      throw new UsageException("--limit: must be at least 1");
    }
    if (skew < 0) {
      throw new UsageException("--clock-skew: cannot be negative");
    }
    ZoneId zoneId;
    try {
      zoneId = zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new UsageException(
          "--zone: there is no time zone '" + zone + "'; give one like Europe/Berlin or UTC");
    }
    options =
        new FolderOptions(
            zoneId,
            user,
            time("--since", since, zoneId),
            time("--until", until, zoneId),
            limit,
            Duration.ofSeconds(skew));
  }

  private static Optional<Instant> time(String option, String text, ZoneId zone) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      if (text.endsWith("Z")) {
        return Optional.of(Instant.parse(text));
      }
      LocalDateTime local =
          text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
      return Optional.of(local.atZone(zone).toInstant());
    } catch (DateTimeException e) {
      throw new UsageException(
          option + ": '" + text + "' is no time; write 2026-01-15, 2026-01-15T09:00 or with Z");
    }
  }

  int run(DiagnosticEngine engine) {
    if (!Files.exists(folder)) {
      throw new UsageException("--evidence: " + folder + " does not exist");
    }
    EvidenceFolder.Contents contents;
    long octets = octets();
    long began = System.nanoTime();
    try (Progress progress = Progress.ofOctets("reading", octets)) {
      contents = EvidenceFolder.read(folder, options, (done, total) -> progress.reach(done));
    } catch (IOException e) {
      throw new UsageException("--evidence: " + folder + " cannot be read: " + e.getMessage());
    }
    PrintWriter out = command.getOut();
    EvidenceReport report = new EvidenceReport(contents, engine);
    if (format == Format.JSON) {
      out.println(report.json());
    } else {
      report.print(out);
    }
    out.flush();
    if (!contents.anythingRead()) {
      command
          .getErr()
          .println(
              command.getCommandSpec().qualifiedName()
                  + ": nothing in "
                  + folder
                  + " can be read: "
                  + reason(contents));
      return ExitCode.NOTHING_EXECUTED;
    }
    boolean all = options.user().isEmpty() && options.since().or(options::until).isEmpty();
    if (report.attempts() == 0 && all) {
      command
          .getErr()
          .println(
              command.getCommandSpec().qualifiedName()
                  + ": no attempt to connect is in "
                  + folder
                  + ": attempts are in the client's Application log (RasClient), RRAS's System log,"
                  + " NPS's Security log and NPS's own log");
      return ExitCode.NOTHING_EXECUTED;
    }
    effort(octets, (System.nanoTime() - began) / 1e9);
    return report.healthy() ? ExitCode.AS_EXPECTED : ExitCode.MISSED;
  }

  /** Worth a word only when there was something to wait for. */
  private void effort(long octets, double seconds) {
    if (octets >= LARGE || Boolean.getBoolean(EFFORT)) {
      command
          .getErr()
          .printf(
              Locale.ROOT,
              "%,.0f MB in %.1f s, %.0f MB/s%s%n",
              octets / 1e6,
              seconds,
              octets / 1e6 / seconds,
              "; peak memory: %d MiB of Java heap%s"
                  .formatted(
                      heap(), resident().map(mib -> ", " + mib + " MiB resident").orElse("")));
      command.getErr().flush();
    }
  }

  /** The most that the heap has held, garbage and all: the sum of what each pool has held. */
  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        >> 20;
  }

  /** The most that this process has had in memory, code and all, where the system says so. */
  private static Optional<Long> resident() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static String reason(EvidenceFolder.Contents contents) {
    if (contents.files().isEmpty()) {
      return "it has no files";
    }
    FileReport first = contents.files().get(0);
    String rest =
        contents.files().size() == 1 ? "" : " (and " + (contents.files().size() - 1) + " more)";
    return first.name() + ": " + EvidenceReport.verdict(first) + rest;
  }

  private long octets() {
    try {
      return EvidenceFolder.octets(folder);
    } catch (IOException e) {
      return -1;
    }
  }
}
