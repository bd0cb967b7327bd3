package vpnlab.runner.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vpnlab.evidence.Vantage;
import vpnlab.runner.ScenarioResult;
import vpnlab.runner.ScenarioResult.Observation;
import vpnlab.runner.ScenarioResult.Phase;
import vpnlab.runner.engine.DiagnosisJson;
import vpnlab.runner.engine.EvidenceJson;

/** What a run leaves behind for people and tools: one folder for each scenario. */
public final class Artefacts {
  private Artefacts() {}

  /** Writes all results below {@code folder}, which is made when it is not there. */
  public static void write(Path folder, List<ScenarioResult> results) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("results.json"), ResultJson.results(results));
      for (ScenarioResult result : results) {
        write(folder.resolve(result.scenario().name()), result);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report to " + folder, e);
    }
  }

  private static void write(Path folder, ScenarioResult result) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < result.phases().size(); i++) {
      Phase phase = result.phases().get(i);
      String prefix = i == 0 ? "" : "healed-" + i + "-";
      Files.writeString(
          folder.resolve(prefix + "transcript.txt"), Transcript.text(phase.transcript()));
      Files.writeString(folder.resolve(prefix + "ladder.txt"), Ladder.of(phase.transcript()));
      for (Map.Entry<Vantage, Observation> seen : phase.observations().entrySet()) {
        String vantage = prefix + seen.getKey().name().toLowerCase(Locale.ROOT);
        Files.writeString(
            folder.resolve(vantage + "-evidence.json"),
            EvidenceJson.write(seen.getValue().evidence()));
        Files.writeString(
            folder.resolve(vantage + "-diagnosis.json"),
            DiagnosisJson.write(seen.getValue().diagnosis()));
      }
      Captures.write(folder.resolve(prefix + "capture.pcapng"), phase.captures());
      WiresharkFolder.writeSettings(folder);
      if (!phase.ikeDecryptionTable().isEmpty()) {
        Files.write(folder.resolve(prefix + "ikev2_decryption_table"), phase.ikeDecryptionTable());
      }
      if (!phase.espSaTable().isEmpty()) {
        Files.write(folder.resolve(prefix + "esp_sa"), phase.espSaTable());
      }
    }
  }
}
