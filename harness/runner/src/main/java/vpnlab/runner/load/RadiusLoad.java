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
   * @param duplicated of the last slice, in which requests are sent twice on purpose
   */
  public record Result(
      LoadTarget target,
      LoadMethod method,
      List<Double> rates,
      LoadCount count,
      Optional<Duration> processor,
      LoadCount duplicated) {
    public Result {
      rates = List.copyOf(rates);
    }

    /** Milliseconds of processor time for one accepted authentication. */
    public Optional<Double> processorMillis() {
      return processor
          .filter(used -> count.acceptedTotal() > 0)
          .map(used -> used.toNanos() / 1e6 / count.acceptedTotal());
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
    return targets * methods * (settings.rounds() + 2);
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
      List<List<Double>> rates = new ArrayList<>();
      List<LoadCount> counts = new ArrayList<>();
      List<Optional<Duration>> processors = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        rates.add(new ArrayList<>());
        counts.add(new LoadCount());
        processors.add(targets.get(i).processorTime().map(used -> Duration.ZERO));
      }
      for (int round = 0; round <= settings.rounds(); round++) {
        for (int i = 0; i < targets.size(); i++) {
          Slice slice = slice(targets.get(i), method, settings.withoutDuplicates());
          if (round > 0) {
            rates.get(i).add(slice.rate());
            counts.get(i).add(slice.count());
            Optional<Duration> used = processors.get(i);
            processors.set(i, slice.processor().flatMap(more -> used.map(more::plus)));
          }
          progress.accept(
              "%s %s %.0f/s".formatted(method.id(), targets.get(i).name(), slice.rate()));
        }
      }
      for (int i = 0; i < targets.size(); i++) {
        LoadCount duplicated = slice(targets.get(i), method, settings).count();
        progress.accept(method.id() + " " + targets.get(i).name() + " duplicates");
        results.add(
            new Result(
                targets.get(i),
                method,
                rates.get(i),
                counts.get(i),
                processors.get(i),
                duplicated));
      }
    }
    return results;
  }

  private record Slice(LoadCount count, double rate, Optional<Duration> processor) {}

  private static Slice slice(LoadTarget target, LoadMethod method, LoadSettings settings)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(settings.workers());
    List<LoadWorker> workers = new ArrayList<>();
    try {
      for (int i = 0; i < settings.workers(); i++) {
        workers.add(new LoadWorker(target, method, settings, 7 * i));
      }
      Optional<Duration> before = target.processorTime();
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
      return new Slice(count, count.acceptedTotal() / seconds, used);
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
