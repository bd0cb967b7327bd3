package vpnlab.runner;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.Vantage;
import vpnlab.lab.DialResult;
import vpnlab.lab.NetworkKind;
import vpnlab.lab.TranscriptLine;

/**
 * What a scenario's run came to.
 *
 * @param seed with which it can be replayed
 * @param phases the attempt on the broken lab, then one for each step of healing
 */
public record ScenarioResult(
    Scenario scenario, NetworkKind network, long seed, List<Phase> phases) {
  public ScenarioResult {
    phases = List.copyOf(phases);
  }

  /** How a run compares with what was expected. */
  public enum Verdict {
    /** Everything is as expected. */
    AS_EXPECTED,
    /** Something was diagnosed otherwise. */
    MISSED,
    /** The lab connected although it is broken, so nothing was proved. */
    FAULT_DID_NOT_TAKE
  }

  /**
   * One attempt on one state of the lab.
   *
   * @param title {@code first attempt}, or {@code after healing …}
   * @param inLab time that the attempt took inside the lab
   * @param wall time that it took here, building the lab included
   * @param problems what went wrong outside the diagnoses, e.g. a time limit
   */
  public record Phase(
      String title,
      Expectation expect,
      DialResult dial,
      Duration inLab,
      Duration wall,
      Map<Vantage, Observation> observations,
      List<String> problems,
      List<TranscriptLine> transcript,
      List<CapturedPacket> captures,
      List<String> ikeDecryptionTable,
      List<String> espSaTable) {
    public Phase {
      observations = Map.copyOf(observations);
      problems = List.copyOf(problems);
      transcript = List.copyOf(transcript);
      captures = List.copyOf(captures);
      ikeDecryptionTable = List.copyOf(ikeDecryptionTable);
      espSaTable = List.copyOf(espSaTable);
    }

    public Verdict verdict() {
      if (dial.connected() && expect.client().code() != 0) {
        return Verdict.FAULT_DID_NOT_TAKE;
      }
      boolean right =
          problems.isEmpty()
              && observations.values().stream().allMatch(o -> o.mismatches().isEmpty());
      return right ? Verdict.AS_EXPECTED : Verdict.MISSED;
    }
  }

  /** What an engine made of what there was to see from one vantage point. */
  public record Observation(
      Evidence evidence, Diagnosis diagnosis, List<Expected.Mismatch> mismatches) {
    public Observation {
      mismatches = List.copyOf(mismatches);
    }
  }

  /** The first phase that is not as expected decides. */
  public Verdict verdict() {
    return phases.stream()
        .map(Phase::verdict)
        .filter(verdict -> verdict != Verdict.AS_EXPECTED)
        .findFirst()
        .orElse(Verdict.AS_EXPECTED);
  }

  public boolean asExpected() {
    return verdict() == Verdict.AS_EXPECTED;
  }

  /** The attempt on the lab as it is broken. */
  public Phase first() {
    return phases.get(0);
  }

  public Duration inLab() {
    return phases.stream().map(Phase::inLab).reduce(Duration.ZERO, Duration::plus);
  }

  public Duration wall() {
    return phases.stream().map(Phase::wall).reduce(Duration.ZERO, Duration::plus);
  }

  /** The command that repeats this run. */
  public String replay() {
    return "./vpnlab run "
        + scenario.name()
        + " --seed "
        + seed
        + " --network "
        + network.name().toLowerCase(java.util.Locale.ROOT)
        + " --trace";
  }
}
