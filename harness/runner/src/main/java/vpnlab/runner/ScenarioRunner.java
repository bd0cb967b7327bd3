package vpnlab.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.Vantage;
import vpnlab.lab.DialResult;
import vpnlab.lab.Lab;
import vpnlab.lab.spec.LabSpec;
import vpnlab.runner.ScenarioResult.Observation;
import vpnlab.runner.ScenarioResult.Phase;

/** Runs scenarios and judges what an engine makes of them. */
public final class ScenarioRunner {
  private ScenarioRunner() {}

  /** Runs one scenario in the calling thread. */
  public static ScenarioResult run(Scenario scenario, RunSettings settings) {
    long seed = settings.seed().orElse(scenario.seed());
    List<Phase> phases = new ArrayList<>();
    phases.add(attempt(scenario, "first attempt", Set.of(), scenario.expect(), settings, seed));
    Set<String> healed = new HashSet<>();
    for (Scenario.Healing step : scenario.heals()) {
      healed.addAll(step.heal());
      String title = "after healing " + String.join(", ", step.heal());
      phases.add(attempt(scenario, title, healed, step.expect(), settings, seed));
    }
    return new ScenarioResult(scenario, settings.network(), seed, phases);
  }

  /**
   * Runs scenarios on several threads, each lab on one of them.
   *
   * @param progress told of each result as it comes, from any thread
   * @return the results in the order of the scenarios
   */
  public static List<ScenarioResult> runAll(
      List<Scenario> scenarios,
      RunSettings settings,
      int threads,
      Consumer<ScenarioResult> progress) {
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
    try {
      List<Future<ScenarioResult>> futures = new ArrayList<>();
      for (Scenario scenario : scenarios) {
        Callable<ScenarioResult> task =
            () -> {
              ScenarioResult result = run(scenario, settings);
              progress.accept(result);
              return result;
            };
        futures.add(pool.submit(task));
      }
      List<ScenarioResult> results = new ArrayList<>();
      for (Future<ScenarioResult> future : futures) {
        results.add(result(future));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static ScenarioResult result(Future<ScenarioResult> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while scenarios ran", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Phase attempt(
      Scenario scenario,
      String title,
      Set<String> healed,
      Expectation expect,
      RunSettings settings,
      long seed) {
    long began = System.nanoTime();
    LabSpec spec = scenario.labWithout(healed);
    List<String> problems = new ArrayList<>();
    try (Lab lab = Lab.start(spec, settings.network(), seed)) {
      for (Attempt other : scenario.before()) {
        DialResult result = lab.dial(other.client(), other.profile());
        if (!result.connected()) {
          problems.add(other + " first, but failed with error " + result.code());
        }
      }
      Attempt attempt = scenario.attempt();
      Duration before = lab.elapsed();
      DialResult dial = lab.dial(attempt.client(), attempt.profile());
      Duration inLab = lab.elapsed().minus(before);
      if (inLab.compareTo(scenario.limit()) > 0) {
        problems.add(
            "the attempt took %d s of lab time, its limit is %d s"
                .formatted(inLab.toSeconds(), scenario.limit().toSeconds()));
      }
      if (dial.code() != expect.client().code()) {
        problems.add(
            "the client shows error %d, expected is %d"
                .formatted(dial.code(), expect.client().code()));
      }
      if (dial.connected()) {
        problems.addAll(tried(lab, scenario, expect));
      }
      Map<Vantage, Observation> observations = observe(lab, attempt, expect, settings);
      return new Phase(
          title,
          expect,
          dial,
          inLab,
          Duration.ofNanos(System.nanoTime() - began),
          observations,
          problems,
          lab.transcript(),
          lab.captures(),
          lab.ikeDecryptionTable(),
          lab.espSaTable());
    }
  }

  /** Lets the user try the scenario's probes; returns what went otherwise than it must. */
  private static List<String> tried(Lab lab, Scenario scenario, Expectation expect) {
    List<String> problems = new ArrayList<>();
    boolean asBroken = expect == scenario.expect();
    for (Probe probe : scenario.probes()) {
      ProbeResult result = probe.run(lab, scenario.attempt().client());
      boolean must = expect.healthy() || probe.succeeds();
      if ((expect.healthy() || asBroken) && result.complete() != must) {
        problems.add(
            probe
                + (must ? " must go well" : " must fail")
                + ", but "
                + (result.complete() ? "went well" : "failed: " + result.error()));
      }
    }
    return problems;
  }

  private static Map<Vantage, Observation> observe(
      Lab lab, Attempt attempt, Expectation expect, RunSettings settings) {
    Map<Vantage, Observation> observations = new EnumMap<>(Vantage.class);
    for (Vantage vantage : Vantage.values()) {
      Evidence evidence = lab.evidence(vantage, attempt.client(), attempt.profile());
      Diagnosis diagnosis = settings.engine().diagnose(evidence);
      observations.put(
          vantage, new Observation(evidence, diagnosis, expect.from(vantage).judge(diagnosis)));
    }
    return observations;
  }
}
