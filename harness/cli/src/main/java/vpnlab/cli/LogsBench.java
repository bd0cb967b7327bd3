package vpnlab.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vpnlab.files.SyntheticNpsLog;

/** How fast, and in how little memory, a large NPS log is diagnosed. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = {
      "Diagnoses a large synthetic NPS log in a process of its own with a small heap, beside "
          + "'wc -l' and 'awk -F,' on the same file. The programs take turns; the best run of each"
          + " counts, after one that warms the file's pages."
    })
final class LogsBench implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
  private static final Pattern PEAK =
      Pattern.compile("peak memory: [0-9]+ MiB of Java heap(?:, [0-9]+ MiB resident)?");
  private static final double MEGA = 1e6;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "1GiB",
      description = "Of the file: MiB or GiB; default 1GiB.")
  private String size;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "default 1")
  private long seed;

  @Option(names = "--runs", paramLabel = "N", defaultValue = "3", description = "default 3")
  private int runs;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "The Java heap of the diagnosing process; default 64.")
  private int heap;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Where the file is kept afterwards; default: a temporary one.")
  private Path kept;

  @Spec private CommandSpec spec;

  private record Run(double seconds, String output, String error) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    long octets = octets();
    if (runs < 1) {
      throw new UsageException("--runs: must be at least 1");
    }
    Path file = kept == null ? Files.createTempFile("vpnlab-bench-", ".log") : kept;
    try {
      needs(octets, file);
      SyntheticNpsLog.Summary summary = generate(file, octets);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "file: %,d octets, %,d lines, %,d attempts granted, %,d refused, %,d broken lines%n",
          summary.octets(),
          summary.lines(),
          summary.granted(),
          summary.refused(),
          summary.broken());
      out.flush();
      return measure(file, summary, out);
    } finally {
      if (kept == null) {
        Files.deleteIfExists(file);
      }
    }
  }

  private long octets() {
    Matcher parts = SIZE.matcher(size);
    if (!parts.matches()) {
      throw new UsageException("--size: '" + size + "' is no size; write 1GiB or 100MiB");
    }
    int shift =
        switch (parts.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    return Long.parseLong(parts.group(1)) << shift;
  }

  private static void needs(long octets, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new UsageException("--file: there is no folder " + folder);
    }
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < octets + octets / 16) {
      throw new UsageException(
          "--size: %,d MB do not fit into %s, which has %,d MB left; --file names another place"
              .formatted(octets / 1_000_000, folder, free / 1_000_000));
    }
  }

  private SyntheticNpsLog.Summary generate(Path file, long octets) throws IOException {
    try (Progress progress = Progress.ofOctets("writing", octets);
        OutputStream out =
            new BufferedOutputStream(
                new CountingStream(Files.newOutputStream(file), progress), 1 << 20)) {
      return SyntheticNpsLog.write(out, octets, seed);
    }
  }

  private static final class CountingStream extends FilterOutputStream {
    private final Progress progress;
    private long written;

    CountingStream(OutputStream out, Progress progress) {
      super(out);
      this.progress = progress;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      out.write(octets, offset, length);
      written += length;
      progress.reach(written);
    }
  }

  private int measure(Path file, SyntheticNpsLog.Summary summary, PrintWriter out)
      throws IOException, InterruptedException {
    Map<String, List<String>> programs = new LinkedHashMap<>();
    programs.put("wc -l", List.of("wc", "-l", file.toString()));
    programs.put(
        "awk -F,",
        List.of("awk", "-F,", "{ n[$26]++ } END { for (r in n) print r, n[r] }", file.toString()));
    programs.put("vpnlab", vpnlab(file));
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    Map<String, Run> last = new LinkedHashMap<>();
    try (Progress progress = Progress.of("measuring", 1L + (long) runs * programs.size())) {
      run(programs.get("wc -l"));
      progress.step("warmed up");
      for (int i = 1; i <= runs; i++) {
        for (var program : programs.entrySet()) {
          Run run = run(program.getValue());
          seconds.computeIfAbsent(program.getKey(), name -> new ArrayList<>()).add(run.seconds());
          last.put(program.getKey(), run);
          progress.step(program.getKey() + ", run " + i);
        }
      }
    }
    seconds.forEach((name, all) -> print(out, name, all, summary.octets()));
    Run own = last.get("vpnlab");
    out.printf(
        Locale.ROOT,
        "vpnlab / awk: %.2f; heap limit %d MiB; %s%n",
        best(seconds.get("awk -F,")) / best(seconds.get("vpnlab")),
        heap,
        peak(own).orElse("peak memory: unknown"));
    boolean right = own.output().contains("%,d failed".formatted(summary.refused()));
    out.println(
        right
            ? "every refusal was found: %,d".formatted(summary.refused())
            : "the diagnosis does not count %,d refusals".formatted(summary.refused()));
    out.flush();
    return right ? ExitCode.AS_EXPECTED : ExitCode.MISSED;
  }

  private static double best(List<Double> seconds) {
    return seconds.stream().min(Double::compare).orElseThrow();
  }

  private static void print(PrintWriter out, String name, List<Double> seconds, long octets) {
    out.printf(
        Locale.ROOT,
        "%-8s %7.2f s %8.0f MB/s   runs: %s s%n",
        name,
        best(seconds),
        octets / MEGA / best(seconds),
        seconds.stream()
            .map(each -> String.format(Locale.ROOT, "%.2f", each))
            .collect(Collectors.joining(" ")));
  }

  private static Optional<String> peak(Run run) {
    Matcher found = PEAK.matcher(run.error());
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  private List<String> vpnlab(Path file) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-D" + EvidenceDiagnosis.EFFORT + "=true");
    command.add("-Dvpnlab.home=" + System.getProperty("vpnlab.home", ""));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of("vpnlab.cli.Main", "diagnose", "--zone", "UTC", "--evidence"));
    command.add(file.toString());
    return command;
  }

  private static Run run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("vpnlab-bench-", ".out");
    Path error = Files.createTempFile("vpnlab-bench-", ".err");
    try {
      long began = System.nanoTime();
      int exit =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(error.toFile())
              .start()
              .waitFor();
      double seconds = (System.nanoTime() - began) / 1e9;
      Run run =
          new Run(
              seconds,
              Files.readString(output, StandardCharsets.UTF_8),
              Files.readString(error, StandardCharsets.UTF_8));
      if (exit > 1) {
        throw new IOException(command.get(0) + " ended with " + exit + ": " + run.error());
      }
      return run;
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(error);
    }
  }
}
