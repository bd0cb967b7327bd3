package vpnlab.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import vpnlab.lab.DialResult;
import vpnlab.lab.Lab;
import vpnlab.lab.spec.LabSpec;

/**
 * One scenario with many seeds, each a network with other losses. It dials and tries the probes;
 * nobody diagnoses.
 *
 * @param outcomes one for each seed, from 1 on
 */
public record SeedSweep(Scenario scenario, List<Outcome> outcomes) {
  /** What a network may do to a healthy connection: nothing, or keep it from coming about. */
  private static final int VPN_TIMEOUT = 809;

  /**
   * What came of one seed.
   *
   * @param code what the client showed; -1 when nothing came of it
   * @param took lab time from dialing to the outcome
   * @param trouble what went wrong with the lab itself; empty for nothing
   */
  public record Outcome(long seed, int code, Duration took, String trouble) {}

  public SeedSweep {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Runs seeds 1 to {@code count}.
   *
   * @param done told after each seed, from any thread
   */
  public static SeedSweep run(
      Scenario scenario, RunSettings settings, int count, int threads, Runnable done) {
    LabSpec spec = scenario.labWithout(Set.of());
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
    try {
      List<Future<Outcome>> futures = new ArrayList<>();
      for (int seed = 1; seed <= count; seed++) {
        long one = seed;
        Callable<Outcome> task =
            () -> {
              Outcome outcome = run(scenario, spec, settings, one);
              done.run();
              return outcome;
            };
        futures.add(pool.submit(task));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> future : futures) {
        outcomes.add(future.get());
      }
      return new SeedSweep(scenario, outcomes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while seeds ran", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static Outcome run(Scenario scenario, LabSpec spec, RunSettings settings, long seed) {
    try (Lab lab = Lab.start(spec, settings.network(), seed)) {
      for (Attempt other : scenario.before()) {
        lab.dial(other.client(), other.profile());
      }
      Attempt attempt = scenario.attempt();
      Duration before = lab.elapsed();
      DialResult dial = lab.dial(attempt.client(), attempt.profile());
      Duration took = lab.elapsed().minus(before);
      if (dial.connected()) {
        scenario.probes().forEach(probe -> probe.run(lab, attempt.client()));
      }
      return new Outcome(seed, dial.code(), took, "");
    } catch (RuntimeException e) {
      return new Outcome(seed, -1, Duration.ZERO, String.valueOf(e.getMessage()));
    }
  }

  /** Seeds whose outcome is neither the expected one nor 809. */
  public List<Outcome> bad() {
    int expected = scenario.expect().client().code();
    return outcomes.stream()
        .filter(outcome -> outcome.code() != expected && outcome.code() != VPN_TIMEOUT)
        .toList();
  }

  /** How many seeds ended with each code. */
  public Map<Integer, Long> counts() {
    return outcomes.stream()
        .collect(Collectors.groupingBy(Outcome::code, TreeMap::new, Collectors.counting()));
  }

  /** The longest that any seed with this code took, in lab time. */
  public Duration longest(int code) {
    return outcomes.stream()
        .filter(outcome -> outcome.code() == code)
        .map(Outcome::took)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
