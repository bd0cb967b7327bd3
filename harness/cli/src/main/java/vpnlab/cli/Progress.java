package vpnlab.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on stderr, when somebody is there to see it. */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 80;

  private final ProgressBar bar;

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * @param total how many steps, -1 when nobody knows; the launcher says by {@code vpnlab.terminal}
   *     whether stderr is a terminal
   */
  static Progress of(String task, long total) {
    return of(task, total, false);
  }

  /** Of octets, shown in mebibytes. */
  static Progress ofOctets(String task, long total) {
    return of(task, total, true);
  }

  private static Progress of(String task, long total, boolean octets) {
    return new Progress(
        Boolean.getBoolean("vpnlab.terminal") && total != 0
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(octets ? " MiB" : "", octets ? 1 << 20 : 1)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build()
            : null);
  }

  /** One step is done; safe from any thread. */
  void step(String what) {
    if (bar != null) {
      bar.step();
      bar.setExtraMessage(what);
    }
  }

  /** So much of the total is done. */
  void reach(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
