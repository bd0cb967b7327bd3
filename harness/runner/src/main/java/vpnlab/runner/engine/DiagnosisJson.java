package vpnlab.runner.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.evidence.RasError;
import vpnlab.evidence.Stage;
import vpnlab.lab.spec.Nearest;

/**
 * A diagnosis as JSON. Besides the components of {@link Diagnosis} a written one has {@code cause}
 * (the one certain cause) or {@code candidates}, for readers who want just that.
 */
public final class DiagnosisJson {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final List<String> STAGES =
      java.util.Arrays.stream(Stage.values()).map(Stage::id).toList();

  private DiagnosisJson() {}

  public static String write(Diagnosis diagnosis) {
    return EvidenceJson.MAPPER.writeValueAsString(map(diagnosis));
  }

  /** As a tree of maps, to be put into larger documents. */
  public static Map<String, Object> map(Diagnosis diagnosis) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", diagnosis.code());
    json.put("symbol", diagnosis.symbol());
    json.put("stage", diagnosis.stage().id());
    json.put("cause", diagnosis.cause().orElse(null));
    json.put("candidates", causes(diagnosis, Confidence.POSSIBLE));
    json.put("findings", diagnosis.findings().stream().map(DiagnosisJson::finding).toList());
    return json;
  }

  private static List<String> causes(Diagnosis diagnosis, Confidence confidence) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.confidence() == confidence)
        .map(Finding::cause)
        .toList();
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", finding.rule());
    json.put("cause", finding.cause());
    json.put("code", finding.code());
    json.put("stage", finding.stage().id());
    json.put("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
    json.put("summary", finding.summary());
    List<Map<String, String>> citations = new ArrayList<>();
    for (Citation citation : finding.citations()) {
      Map<String, String> cited = new LinkedHashMap<>();
      cited.put("kind", citation.kind());
      cited.put("where", citation.where());
      cited.put("what", citation.what());
      citations.add(cited);
    }
    json.put("citations", citations);
    json.put("remedy", finding.remedy());
    return json;
  }

  /**
   * Reads the answer of an engine.
   *
   * @throws IllegalArgumentException saying which field is wrong and how
   */
  public static Diagnosis read(String text) {
    JsonNode json;
    try {
      json = STRICT.readTree(text);
    } catch (JacksonException e) {
      String why = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new IllegalArgumentException("is not JSON: " + why, e);
    }
    require(json != null && json.isObject(), "", "must be an object");
    int code = code(json, "");
    JsonNode findings = json.get("findings");
    require(findings != null && findings.isArray(), "findings", "must be an array");
    List<Finding> read = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      read.add(readFinding(findings.get(i), "findings[" + i + "]", code));
    }
    String symbol = json.has("symbol") ? text(json, "", "symbol") : RasError.of(code).symbol();
    return new Diagnosis(code, symbol, stage(json, ""), read);
  }

  private static Finding readFinding(JsonNode json, String path, int codeOfAll) {
    require(json.isObject(), path, "must be an object");
    String cause = text(json, path, "cause");
    List<Citation> citations = new ArrayList<>();
    JsonNode cited = json.get("citations");
    require(
        cited != null && cited.isArray() && !cited.isEmpty(),
        path + ".citations",
        "must be an array with at least one citation");
    for (int i = 0; i < cited.size(); i++) {
      String at = path + ".citations[" + i + "]";
      require(cited.get(i).isObject(), at, "must be an object");
      citations.add(
          new Citation(
              text(cited.get(i), at, "kind"),
              text(cited.get(i), at, "where"),
              text(cited.get(i), at, "what")));
    }
    String confidence = text(json, path, "confidence");
    List<String> known = List.of("certain", "possible");
    require(known.contains(confidence), path + ".confidence", "must be 'certain' or 'possible'");
    return new Finding(
        json.has("rule") ? text(json, path, "rule") : cause,
        cause,
        json.has("code") ? code(json, path) : codeOfAll,
        stage(json, path),
        confidence.equals("certain") ? Confidence.CERTAIN : Confidence.POSSIBLE,
        json.has("summary") ? text(json, path, "summary") : "",
        citations,
        json.has("remedy") ? text(json, path, "remedy") : "");
  }

  private static int code(JsonNode json, String path) {
    JsonNode code = json.get("code");
    require(
        code != null && code.isInt(),
        inner(path, "code"),
        "must be a whole number, a Windows code");
    return code.intValue();
  }

  private static Stage stage(JsonNode json, String path) {
    String stage = text(json, path, "stage");
    require(
        STAGES.contains(stage),
        inner(path, "stage"),
        "cannot be '" + stage + "'; " + Nearest.suggestion(stage, STAGES));
    return Stage.ofId(stage);
  }

  private static String text(JsonNode json, String path, String key) {
    JsonNode value = json.get(key);
    require(value != null && value.isString(), inner(path, key), "must be a text");
    return value.stringValue();
  }

  private static String inner(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static void require(boolean condition, String path, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException((path.isEmpty() ? "it" : path) + " " + complaint);
    }
  }
}
