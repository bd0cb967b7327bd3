package vpnlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bench logs} with a small file: three programs, throughput, peaks, and a right answer. */
class LogsBenchTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String... options) {
    CommandLine line =
        Vpnlab.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    String[] all = new String[2 + options.length];
    all[0] = "bench";
    all[1] = "logs";
    System.arraycopy(options, 0, all, 2, options.length);
    return line.execute(all);
  }

  @Test
  void theThreeProgramsTakeTurnsOnOneFileAndEveryRefusalIsFound() {
    Path file = folder.resolve("bench.log");
    int exit = bench("--size", "2MiB", "--runs", "2", "--file", file.toString());
    assertThat(exit).as(err.toString()).isZero();
    for (String program : new String[] {"wc -l", "awk -F,", "vpnlab"}) {
      assertThat(out.toString())
          .containsPattern(
              "(?m)^" + program + " +[0-9.]+ s +[0-9]+ MB/s +runs: [0-9.]+ [0-9.]+ s$");
    }
    assertThat(out.toString())
        .containsPattern("heap limit 64 MiB; peak memory: [0-9]+ MiB of Java heap")
        .containsPattern("every refusal was found: [1-9]");
    assertThat(file).exists();
  }

  @Test
  void aFileThatDoesNotFitIsNotBegun() {
    Path file = folder.resolve("bench.log");
    assertThat(bench("--size", "9999999GiB", "--file", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("do not fit", folder.toString()).hasLineCount(1);
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void aSizeThatIsNone() {
    assertThat(bench("--size", "huge")).isEqualTo(2);
    assertThat(err.toString()).contains("'huge' is no size").hasLineCount(1);
  }
}
