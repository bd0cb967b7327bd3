package vpnlab.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a task has come, on stderr: a bar on a terminal, elsewhere (a log of continuous
 * integration) a line now and then, and none at all for what is soon done.
 */
abstract class Progress implements AutoCloseable {
  private static final Duration LINE_EVERY = Duration.ofSeconds(30);

  /**
   * @param total how many steps, -1 when nobody knows; the launcher says by {@code vpnlab.terminal}
   *     whether stderr is a terminal
   */
  static Progress of(String task, long total) {
    return Boolean.getBoolean("vpnlab.terminal")
        ? new Bar(task, total, "", 1)
        : new Lines(System.err, LINE_EVERY, task, total, "", 1);
  }

  /** Of octets, shown in mebibytes. */
  static Progress ofOctets(String task, long total) {
    return Boolean.getBoolean("vpnlab.terminal")
        ? new Bar(task, total, " MiB", 1 << 20)
        : new Lines(System.err, LINE_EVERY, task, total, " MiB", 1 << 20);
  }

  /** One step is done; safe from any thread. */
  abstract void step(String what);

  /** So much of the total is done. */
  abstract void reach(long done);

  @Override
  public abstract void close();

  private static final class Bar extends Progress {
    private static final int WIDTH = 80;

    private final ProgressBar bar;

    Bar(String task, long total, String unit, long unitSize) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(unit, unitSize)
              .clearDisplayOnFinish()
              .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
              .build();
    }

    @Override
    void step(String what) {
      bar.step();
      bar.setExtraMessage(what);
    }

    @Override
    void reach(long done) {
      bar.stepTo(done);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** The task and what of it is done, a line at a time. */
  static final class Lines extends Progress {
    private final AtomicLong done = new AtomicLong();
    private final ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });

    Lines(PrintStream out, Duration every, String task, long total, String unit, long unitSize) {
      long began = System.nanoTime();
      String of = total < 0 ? "" : " of " + total / unitSize;
      clock.scheduleAtFixedRate(
          () ->
              out.println(
                  "vpnlab: %s: %d%s%s done after %d s"
                      .formatted(
                          task,
                          done.get() / unitSize,
                          of,
                          unit,
                          Duration.ofNanos(System.nanoTime() - began).toSeconds())),
          every.toNanos(),
          every.toNanos(),
          TimeUnit.NANOSECONDS);
    }

    @Override
    void step(String what) {
      done.incrementAndGet();
    }

    @Override
    void reach(long so) {
      done.set(so);
    }

    @Override
    public void close() {
      clock.shutdownNow();
    }
  }
}
