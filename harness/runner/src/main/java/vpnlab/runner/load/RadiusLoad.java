package vpnlab.runner.load;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Puts RADIUS servers under load in turns, so that whatever else the machine does falls on all of
 * them: in each round every server has one slice, and the first round does not count. Duplicates
 * come in a slice of their own, because they are no part of the rate.
 */
public final class RadiusLoad {
  private final LoadSettings settings;

  public RadiusLoad(LoadSettings settings) {
    this.settings = settings;
  }

  /**
   * What a server did by one method.
   *
   * @param rates accepted authentications a second, one for each round that counts
   * @param count of all these rounds together
   * @param processor time that the server used in these rounds; empty when nobody knows
   * @param own processor time that this program used in them
   * @param duplicated of the last slice, in which requests are sent twice on purpose
   */
  public record Result(
      LoadTarget target,
      LoadMethod method,
      List<Double> rates,
      LoadCount count,
      Optional<Duration> processor,
      Duration own,
      LoadCount duplicated) {
    public Result {
      rates = List.copyOf(rates);
    }

    /** Milliseconds of processor time for one accepted authentication. */
    public Optional<Double> processorMillis() {
      return processor.filter(used -> count.acceptedTotal() > 0).map(this::perAuthentication);
    }

    /** The same of this program, whose time limits the rate too. */
    public double ownMillis() {
      return count.acceptedTotal() == 0 ? 0 : perAuthentication(own);
    }

    private double perAuthentication(Duration used) {
      return used.toNanos() / 1e6 / count.acceptedTotal();
    }

    /** The middle one of the rates. */
    public double rate() {
      List<Double> sorted = rates.stream().sorted().toList();
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
  }

  /** How many slices {@link #run} takes. */
  public int slices(int targets, int methods) {
    return targets * methods * (settings.rounds() + (settings.warmUp().isZero() ? 1 : 2));
  }

  /**
   * Runs everything.
   *
   * @param progress hears of every slice that has ended
   * @return by method, then by server, in the order given
   */
  public List<Result> run(
      List<LoadTarget> targets, List<LoadMethod> methods, Consumer<String> progress)
      throws IOException {
    List<Result> results = new ArrayList<>();
    for (LoadMethod method : methods) {
      List<Turns> all = new ArrayList<>();
      targets.forEach(target -> all.add(new Turns(target)));
      for (int round = settings.warmUp().isZero() ? 1 : 0; round <= settings.rounds(); round++) {
        LoadSettings turn = round > 0 ? settings.withoutDuplicates() : settings.warmingUp();
        for (Turns turns : all) {
          Slice slice = slice(turns.target, method, turn);
          if (round > 0) {
            turns.add(slice);
          }
          progress.accept("%s %s %.0f/s".formatted(method.id(), turns.target.name(), slice.rate()));
        }
      }
      for (Turns turns : all) {
        LoadCount duplicated = slice(turns.target, method, settings).count();
        progress.accept(method.id() + " " + turns.target.name() + " duplicates");
        results.add(turns.result(method, duplicated));
      }
    }
    return results;
  }

  /** What one server has done in the turns that count. */
  private static final class Turns {
    private final LoadTarget target;
    private final List<Double> rates = new ArrayList<>();
    private final LoadCount count = new LoadCount();
    private Optional<Duration> processor;
    private Duration own = Duration.ZERO;

    Turns(LoadTarget target) {
      this.target = target;
      this.processor = target.processorTime().map(used -> Duration.ZERO);
    }

    void add(Slice slice) {
      rates.add(slice.rate());
      count.add(slice.count());
      processor = processor.flatMap(before -> slice.processor().map(before::plus));
      own = own.plus(slice.own());
    }

    Result result(LoadMethod method, LoadCount duplicated) {
      return new Result(target, method, rates, count, processor, own, duplicated);
    }
  }

  private record Slice(LoadCount count, double rate, Optional<Duration> processor, Duration own) {}

  private static Duration ownTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static Slice slice(LoadTarget target, LoadMethod method, LoadSettings settings)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(settings.workers());
    List<LoadWorker> workers = new ArrayList<>();
    try {
      for (int i = 0; i < settings.workers(); i++) {
        workers.add(new LoadWorker(target, method, settings, 7 * i));
      }
      Optional<Duration> before = target.processorTime();
      Duration ownBefore = ownTime();
      Instant begun = Instant.now();
      Instant end = begun.plus(settings.slice());
      List<Future<LoadCount>> working = new ArrayList<>();
      workers.forEach(worker -> working.add(threads.submit(() -> worker.work(end))));
      LoadCount count = new LoadCount();
      for (Future<LoadCount> one : working) {
        count.add(one.get());
      }
      double seconds = Duration.between(begun, Instant.now()).toNanos() / 1e9;
      Optional<Duration> used =
          before.flatMap(then -> target.processorTime().map(now -> now.minus(then)));
      return new Slice(count, count.acceptedTotal() / seconds, used, ownTime().minus(ownBefore));
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      workers.forEach(LoadWorker::close);
      threads.shutdown();
    }
  }
}
