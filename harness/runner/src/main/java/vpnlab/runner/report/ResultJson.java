package vpnlab.runner.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import vpnlab.runner.Expected;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioResult;
import vpnlab.runner.ScenarioResult.Phase;
import vpnlab.runner.engine.DiagnosisJson;

/** Results and scenarios as JSON for programs. */
public final class ResultJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ResultJson() {}

  public static String results(List<ScenarioResult> results) {
    return MAPPER.writeValueAsString(results.stream().map(ResultJson::result).toList());
  }

  public static String scenarios(List<Scenario> scenarios) {
    return MAPPER.writeValueAsString(scenarios.stream().map(ResultJson::scenario).toList());
  }

  /** Any tree of maps, lists and scalars. */
  public static String pretty(Object tree) {
    return MAPPER.writeValueAsString(tree);
  }

  /** Any tree of maps, lists and scalars on one line. */
  public static String line(Object tree) {
    return JsonMapper.shared().writeValueAsString(tree);
  }

  public static Map<String, Object> result(ScenarioResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("scenario", result.scenario().name());
    json.put("verdict", id(result.verdict()));
    json.put("network", id(result.network()));
    json.put("seed", result.seed());
    json.put("labMillis", result.inLab().toMillis());
    json.put("phases", result.phases().stream().map(ResultJson::phase).toList());
    json.put("replay", result.replay());
    return json;
  }

  private static Map<String, Object> phase(Phase phase) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", phase.title());
    json.put("verdict", id(phase.verdict()));
    json.put("code", phase.dial().code());
    json.put("address", phase.dial().address());
    json.put("labMillis", phase.inLab().toMillis());
    json.put("problems", phase.problems());
    Map<String, Object> vantages = new LinkedHashMap<>();
    new TreeMap<>(phase.observations())
        .forEach(
            (vantage, seen) -> {
              Map<String, Object> observation = new LinkedHashMap<>();
              observation.put("expected", expected(phase.expect().from(vantage)));
              observation.put("diagnosis", DiagnosisJson.map(seen.diagnosis()));
              List<Object> mismatches = new ArrayList<>();
              seen.mismatches().forEach(m -> mismatches.add(mismatch(m)));
              observation.put("mismatches", mismatches);
              vantages.put(id(vantage), observation);
            });
    json.put("vantages", vantages);
    return json;
  }

  private static Map<String, String> mismatch(Expected.Mismatch mismatch) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("field", mismatch.field());
    json.put("expected", mismatch.expected());
    json.put("actual", mismatch.actual());
    return json;
  }

  private static Map<String, Object> expected(Expected expected) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", expected.code());
    json.put("stage", expected.stage().id());
    json.put("causes", expected.causes());
    json.put("candidates", expected.candidates());
    return json;
  }

  public static Map<String, Object> scenario(Scenario scenario) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", scenario.name());
    json.put("area", scenario.area());
    json.put("title", scenario.title());
    json.put("summary", scenario.summary());
    json.put("lab", scenario.lab());
    json.put("faults", scenario.faults().keySet());
    json.put("client", expected(scenario.expect().client()));
    json.put("administrator", expected(scenario.expect().administrator()));
    json.put("rows", scenario.rows());
    json.put("seed", scenario.seed());
    json.put("file", scenario.file().toString());
    return json;
  }

  private static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
