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
    return new Progress(
        Boolean.getBoolean("vpnlab.terminal") && total != 0
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
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

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
