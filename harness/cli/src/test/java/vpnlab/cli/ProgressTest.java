package vpnlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final PrintStream log =
      new PrintStream(OutputStream.nullOutputStream()) {
        @Override
        public void println(String line) {
          lines.add(line);
        }
      };

  @Test
  void whereNoTerminalIsALineSaysNowAndThenHowFarATaskHasCome() throws InterruptedException {
    try (Progress progress = lines(Duration.ofMillis(1), "testing", 3, "", 1)) {
      progress.step("the first");
      progress.step("the second");
      lines.clear();
      lines.poll(10, TimeUnit.SECONDS);
      assertThat(lines.poll(10, TimeUnit.SECONDS)).startsWith("vpnlab: testing: 2 of 3 done after");
    }
  }

  @Test
  void octetsAreCountedInMebibytesAndAnUnknownTotalIsLeftOut() throws InterruptedException {
    try (Progress progress = lines(Duration.ofMillis(1), "reading", -1, " MiB", 1 << 20)) {
      progress.reach(5 << 20);
      lines.clear();
      lines.poll(10, TimeUnit.SECONDS);
      assertThat(lines.poll(10, TimeUnit.SECONDS)).startsWith("vpnlab: reading: 5 MiB done after");
    }
  }

  @Test
  void aTaskThatIsSoonDoneSaysNothing() {
    try (Progress progress = lines(Duration.ofHours(1), "testing", 1, "", 1)) {
      progress.step("all");
    }
    assertThat(lines).isEmpty();
  }

  private Progress lines(Duration every, String task, long total, String unit, long unitSize) {
    return new Progress.Lines(log, every, task, total, unit, unitSize);
  }
}
