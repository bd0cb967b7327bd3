package vpnlab.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vpnlab.evidence.CaptureFile;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.StoreListing;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.pcap.PcapngReader;

/**
 * Reads a folder of evidence: finds what each file is by its content, reads events, captures and
 * certificate stores, then streams the NPS logs once, and sorts everything into attempts.
 */
public final class EvidenceFolder {
  private static final String USER_STORE = "CurrentUser\\My";
  private static final FileKind UNREADABLE =
      new FileKind(FileKind.Type.UNKNOWN, "cannot be read", "");

  /** How far reading has come, for those who wait. */
  public interface Progress {
    void step(long octets, long ofOctets);
  }

  /**
   * Refusals by one reason code that only NPS's log tells of.
   *
   * @param example the last of them
   */
  public record Refusals(int reason, long count, FoundAttempt example) {}

  /**
   * What a folder has.
   *
   * @param files every file and what became of it, in the order of their names
   * @param attempts failed attempts in order of time, the latest of them when there are more than
   *     the limit
   * @param suspects attempts that came up, the latest of them: clients' logs may still show that
   *     something was wrong with them
   * @param failed how many attempts failed in all
   * @param connected how many came up
   * @param unanswered attempts that NPS's log has requests of but no decision
   * @param refusals what only NPS's log tells of, by reason code
   */
  public record Contents(
      List<FileReport> files,
      List<FoundAttempt> attempts,
      List<FoundAttempt> suspects,
      long failed,
      long connected,
      long unanswered,
      List<Refusals> refusals) {
    /** Whether any file was of use. */
    public boolean anythingRead() {
      return files.stream().anyMatch(FileReport::read);
    }
  }

  private final Path folder;
  private final FolderOptions options;
  private final Progress progress;
  private final Collected collected = new Collected();
  private final List<FileReport> reports = new ArrayList<>();
  private long before;
  private long total;

  private EvidenceFolder(Path folder, FolderOptions options, Progress progress) {
    this.folder = folder;
    this.options = options;
    this.progress = progress;
  }

  /** How many octets {@link #read} will read. */
  public static long octets(Path folder) throws IOException {
    return FolderFiles.of(folder).octets();
  }

  /** Reads all files below {@code folder}; it may also be a single file. */
  public static Contents read(Path folder, FolderOptions options, Progress progress)
      throws IOException {
    return new EvidenceFolder(folder, options, progress).read();
  }

  private Contents read() throws IOException {
    FolderFiles found = FolderFiles.of(folder);
    total = found.octets();
    found
        .failures()
        .forEach(
            (path, why) ->
                report(
                    path,
                    new FileKind(FileKind.Type.UNKNOWN, why, ""),
                    false,
                    "",
                    new SkippedLines()));
    for (Path file : found.files()) {
      small(file);
    }
    collected.sort();
    for (Path file : collected.dumps) {
      dump(file);
    }
    ClientAttempts clients = new ClientAttempts(collected, options.skew());
    ServerAttempts servers = new ServerAttempts(collected, clients, options.skew());
    NpsAttempts nps = npsLogs(clients, servers);
    reports.sort(Comparator.comparing(FileReport::name));
    return new FolderContents(options, clients, servers, nps).sorted(reports);
  }

  private String name(Path file) {
    return file.equals(folder) ? file.getFileName().toString() : folder.relativize(file).toString();
  }

  private void small(Path file) {
    FileKind kind = UNREADABLE;
    SkippedLines skipped = new SkippedLines();
    try {
      try (InputStream in = Files.newInputStream(file)) {
        kind = FileKind.of(in.readNBytes(FileKind.LOOK));
      }
      switch (kind.type()) {
        case WINDOWS_EVENTS -> events(file, kind);
        case CAPTURE -> capture(file, kind, skipped);
        case CERTIFICATE -> certificates(file, kind, skipped);
        case FACTS -> facts(file, kind, skipped);
        case VPN_PROFILE -> profiles(file, kind, skipped);
        case CERTUTIL -> {
          collected.dumps.add(file);
          return; // until it is known who dials
        }
        case NPS_LOG -> {
          collected.npsLogs.add(file);
          return; // its time comes when everything else is known
        }
        case EMPTY, UNKNOWN -> report(file, kind, false, kind.advice(), skipped);
      }
    } catch (IOException e) {
      report(file, kind, false, FolderFiles.reason(e), skipped);
    }
    done(file);
  }

  private void done(Path file) {
    try {
      before += Files.size(file);
    } catch (IOException e) {
      // it has gone; the bar will not quite reach its end
    }
    progress.step(before, total);
  }

  private void report(
      Path file, FileKind kind, boolean read, String summary, SkippedLines skipped) {
    reports.add(new FileReport(name(file), kind, read, summary, skipped));
  }

  private void events(Path file, FileKind kind) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      EventXmlReader.Result result = EventXmlReader.read(in, name(file), collected::add);
      String summary =
          result.events() == 0
              ? "has no event that can be read"
              : "%,d events, %,d of them about remote access%s"
                  .formatted(
                      result.events(),
                      result.relevant(),
                      collected.overflowed() ? "; too many to keep, the rest was dropped" : "");
      report(file, kind, result.relevant() > 0, summary, result.skipped());
    }
  }

  private void capture(Path file, FileKind kind, SkippedLines skipped) throws IOException {
    long packets = 0;
    long unused = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      PcapngReader reader = new PcapngReader(in);
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        packets++;
        Optional<CapturedPacket> packet = CaptureFile.read(next.get());
        if (packet.isEmpty()) {
          unused++;
        } else if (collected.packets.size() < Collected.MAX_PACKETS) {
          collected.packets.add(packet.get());
        }
      }
    } catch (MalformedMessageException e) {
      skipped.add(packets + 1, SkippedLines.Kind.CUT_OFF, "after that packet: " + e.getMessage());
    }
    String summary =
        unused == 0
            ? "%,d packets".formatted(packets)
            : "%,d packets, %,d of them without a direction (epb_flags), which are of no use"
                .formatted(packets, unused);
    report(file, kind, packets > unused, summary, skipped);
  }

  private void certificates(Path file, FileKind kind, SkippedLines skipped) throws IOException {
    var read = CertificateFile.read(file, skipped);
    collected.certificates.addAll(read);
    report(file, kind, !read.isEmpty(), "%,d certificates".formatted(read.size()), skipped);
  }

  private void facts(Path file, FileKind kind, SkippedLines skipped) throws IOException {
    FactsFile.Contents read = FactsFile.read(file, skipped);
    collected.hosts.addAll(read.hosts());
    collected.profiles.putAll(read.profiles());
    collected.probes.addAll(read.probes());
    String summary =
        "%,d hosts, %,d profiles, %,d probes"
            .formatted(read.hosts().size(), read.profiles().size(), read.probes().size());
    report(file, kind, read.size() > 0, summary, skipped);
  }

  private void profiles(Path file, FileKind kind, SkippedLines skipped) throws IOException {
    List<WmiProfile> read = WmiProfile.read(WindowsText.read(file), skipped);
    collected.wmiProfiles.addAll(read);
    report(
        file, kind, !read.isEmpty(), "%,d profiles%s".formatted(read.size(), names(read)), skipped);
  }

  private static String names(List<WmiProfile> profiles) {
    return profiles.stream()
        .map(each -> each.profile().name() + " of " + each.host())
        .collect(Collectors.joining(", ", ": ", ""))
        .replaceAll("^: $|^:  of $", "");
  }

  private void dump(Path file) {
    FileKind kind = new FileKind(FileKind.Type.CERTUTIL, "a certificate store (certutil)", "");
    SkippedLines skipped = new SkippedLines();
    try {
      String text = WindowsText.read(file);
      Optional<String> host = owner(file);
      if (CertutilDump.isMachine(text, file.getFileName().toString())) {
        report(file, kind, false, "of the computer; only the user's store is read so", skipped);
      } else if (host.isEmpty()) {
        String advice = "nothing says whose it is; put it into a folder named like the computer";
        report(file, kind, false, advice, skipped);
      } else {
        var entries = CertutilDump.read(text, options.zone(), skipped);
        boolean ended = CertutilDump.isWhole(text);
        boolean whole = ended && skipped.total() == 0;
        collected.listings.add(new StoreListing(host.get(), USER_STORE, whole, entries));
        String summary =
            "%,d certificates in %s of %s%s"
                .formatted(
                    entries.size(),
                    USER_STORE,
                    host.get(),
                    ended
                        ? ""
                        : "; cut off, for certutil's last line (CertUtil: -store) is missing");
        report(file, kind, whole || !entries.isEmpty(), summary, skipped);
      }
    } catch (IOException e) {
      report(file, UNREADABLE, false, FolderFiles.reason(e), skipped);
    }
    done(file);
  }

  /** The client whose name a folder of the path, or the file, has; else the only one that dials. */
  private Optional<String> owner(Path file) {
    for (Path step : folder.relativize(file)) {
      String name = step.toString().toLowerCase(Locale.ROOT);
      for (String client : collected.clients()) {
        if (name.matches(Pattern.quote(client) + "([^a-z0-9].*)?")) {
          return Optional.of(client);
        }
      }
    }
    return collected.clients().size() == 1
        ? collected.clients().stream().findFirst()
        : Optional.empty();
  }

  private NpsAttempts npsLogs(ClientAttempts clients, ServerAttempts servers) {
    NpsAttempts attempts =
        new NpsAttempts(
            options.limit(),
            options.user(),
            options.since().map(options::local).orElse(Long.MIN_VALUE),
            options.until().map(options::local).orElse(Long.MAX_VALUE),
            attempt -> claim(attempt, clients, servers));
    for (Path file : collected.npsLogs) {
      String name = name(file);
      attempts.beginFile(file, name);
      FileKind kind = new FileKind(FileKind.Type.NPS_LOG, "NPS log", "");
      try (InputStream in = Files.newInputStream(file)) {
        NpsLogReader.Result result =
            NpsLogReader.read(
                in,
                new NpsLogReader.Sink() {
                  @Override
                  public void row(NpsLogRow row) {
                    attempts.row(row);
                  }

                  @Override
                  public void progress(long octets) {
                    progress.step(before + octets, total);
                  }
                });
        report(file, kind, result.records() > 0, summary(result), result.skipped());
      } catch (IOException e) {
        report(file, kind, false, FolderFiles.reason(e), new SkippedLines());
      }
      done(file);
    }
    attempts.end();
    return attempts;
  }

  private static String summary(NpsLogReader.Result result) {
    String formats =
        result.csv() > 0 && result.xml() > 0
            ? " (%,d comma-separated, %,d XML)".formatted(result.csv(), result.xml())
            : result.xml() > 0 ? " (XML)" : result.csv() > 0 ? " (comma-separated)" : "";
    return "%,d records%s".formatted(result.records(), formats);
  }

  /** Whether another log tells of this attempt too; then its lines are added there. */
  private boolean claim(
      NpsAttempts.Attempt attempt, ClientAttempts clients, ServerAttempts servers) {
    if (clients.all().isEmpty() && servers.all().isEmpty()) {
      return false;
    }
    Instant at = options.instant(attempt.lastSeconds);
    Optional<ClientAttempts.Attempt> client =
        clients.at(at, attempt.user, options.skew().plusSeconds(1));
    if (client.isPresent()) {
      client.get().npsLog.addAll(attempt.evidence(options.zone()));
      return true;
    }
    Optional<ServerAttempts.Attempt> server = servers.at(at, attempt.user, options.skew());
    server.ifPresent(known -> known.npsLog.addAll(attempt.evidence(options.zone())));
    return server.isPresent();
  }
}
