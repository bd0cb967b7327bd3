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
      "Diagnoses a large synthetic NPS log in a process of its own with a small heap, beside",
      "'wc -l' and 'awk -F,' on the same file. The programs take turns; the best run of each",
      "counts, after one that warms the file's pages."
    })
final class LogsBench implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
  private static final Pattern PEAK = Pattern.compile("peak memory ([0-9]+) MiB");
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
    Path file = kept == null ? Files.createTempFile("vpnlab-bench-", ".log") : kept;
    try {
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
    Map<String, Double> best = new LinkedHashMap<>();
    Map<String, Run> last = new LinkedHashMap<>();
    run(programs.get("wc -l"));
    for (int i = 0; i < runs; i++) {
      for (var program : programs.entrySet()) {
        Run run = run(program.getValue());
        best.merge(program.getKey(), run.seconds(), Math::min);
        last.put(program.getKey(), run);
      }
    }
    best.forEach(
        (name, seconds) ->
            out.printf(
                Locale.ROOT,
                "%-8s %7.2f s %8.0f MB/s%n",
                name,
                seconds,
                summary.octets() / MEGA / seconds));
    Run own = last.get("vpnlab");
    out.printf(
        Locale.ROOT,
        "vpnlab / awk: %.2f; heap limit %d MiB; %s%n",
        best.get("awk -F,") / best.get("vpnlab"),
        heap,
        peak(own).map(mib -> "peak memory of the process " + mib + " MiB").orElse("peak unknown"));
    boolean right = own.output().contains("%,d failed".formatted(summary.refused()));
    out.println(
        right
            ? "every refusal was found: %,d".formatted(summary.refused())
            : "the diagnosis does not count %,d refusals".formatted(summary.refused()));
    out.flush();
    return right ? ExitCode.AS_EXPECTED : ExitCode.MISSED;
  }

  private static Optional<String> peak(Run run) {
    Matcher found = PEAK.matcher(run.error());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private List<String> vpnlab(Path file) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap + "m");
    command.add("-XX:+UseSerialGC");
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
