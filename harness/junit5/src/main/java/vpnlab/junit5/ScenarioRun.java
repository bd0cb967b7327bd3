package vpnlab.junit5;

import java.util.OptionalLong;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.lab.NetworkKind;
import vpnlab.runner.RunSettings;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioResult;
import vpnlab.runner.ScenarioRunner;
import vpnlab.runner.engine.Engines;

/** A scenario of the catalogue, ready to be run on the virtual network. */
public record ScenarioRun(Scenario scenario, long seed) {
  /** Runs it with vpnlab's own engine. */
  public ScenarioResult run() {
    return with(Engines.standard());
  }

  /** Runs it with an engine of your own. */
  public ScenarioResult with(DiagnosticEngine engine) {
    OptionalLong own = seed == 0 ? OptionalLong.empty() : OptionalLong.of(seed);
    return ScenarioRunner.run(scenario, new RunSettings(NetworkKind.VIRTUAL, own, engine));
  }
}
