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
 * and {@code confidence} (those of the first finding) and {@code candidates} (the causes of all
 * possible findings), for readers who want just that. {@code diagnosis.schema.json} says the same
 * in JSON Schema.
 */
public final class DiagnosisJson {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final List<String> STAGES =
      java.util.Arrays.stream(Stage.values()).map(Stage::id).toList();

  private static final List<String> DIAGNOSIS =
      List.of("code", "symbol", "stage", "cause", "confidence", "candidates", "findings");
  private static final List<String> FINDING =
      List.of("rule", "cause", "code", "stage", "confidence", "summary", "citations", "remedy");
  private static final List<String> CITATION = List.of("kind", "where", "what", "origin");

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
    Finding first = diagnosis.findings().isEmpty() ? null : diagnosis.findings().get(0);
    json.put("cause", first == null ? null : first.cause());
    json.put("confidence", first == null ? null : id(first.confidence()));
    json.put("candidates", causes(diagnosis, Confidence.POSSIBLE));
    json.put("findings", diagnosis.findings().stream().map(DiagnosisJson::finding).toList());
    return json;
  }

  private static String id(Confidence confidence) {
    return confidence.name().toLowerCase(Locale.ROOT);
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
    json.put("confidence", id(finding.confidence()));
    json.put("summary", finding.summary());
    List<Map<String, String>> citations = new ArrayList<>();
    for (Citation citation : finding.citations()) {
      Map<String, String> cited = new LinkedHashMap<>();
      cited.put("kind", citation.kind());
      cited.put("where", citation.where());
      cited.put("what", citation.what());
      if (!citation.origin().isEmpty()) {
        cited.put("origin", citation.origin());
      }
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
    knows(json, "", DIAGNOSIS);
    int code = code(json, "");
    Stage stage = stage(json, "");
    JsonNode findings = json.get("findings");
    require(findings != null && findings.isArray(), "findings", "must be an array");
    List<Finding> read = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      read.add(readFinding(findings.get(i), "findings[" + i + "]", code, stage));
    }
    return new Diagnosis(code, text(json, "", "symbol", RasError.of(code).symbol()), stage, read);
  }

  private static Finding readFinding(JsonNode json, String path, int code, Stage stage) {
    require(json.isObject(), path, "must be an object");
    knows(json, path, FINDING);
    String cause = text(json, path, "cause");
    String confidence = text(json, path, "confidence", "certain");
    require(
        List.of("certain", "possible").contains(confidence),
        path + ".confidence",
        "must be 'certain' or 'possible'");
    return new Finding(
        text(json, path, "rule", cause),
        cause,
        json.has("code") ? code(json, path) : code,
        json.has("stage") ? stage(json, path) : stage,
        confidence.equals("certain") ? Confidence.CERTAIN : Confidence.POSSIBLE,
        text(json, path, "summary", ""),
        json.has("citations")
            ? readCitations(json.get("citations"), path + ".citations")
            : List.of(),
        text(json, path, "remedy", ""));
  }

  private static List<Citation> readCitations(JsonNode json, String path) {
    require(json.isArray(), path, "must be an array");
    List<Citation> citations = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      String at = path + "[" + i + "]";
      require(json.get(i).isObject(), at, "must be an object");
      knows(json.get(i), at, CITATION);
      citations.add(
          new Citation(
              text(json.get(i), at, "kind"),
              text(json.get(i), at, "where"),
              text(json.get(i), at, "what"),
              text(json.get(i), at, "origin", "")));
    }
    return citations;
  }

  private static void knows(JsonNode json, String path, List<String> known) {
    for (String key : json.propertyNames()) {
      require(
          known.contains(key),
          path,
          "has the unknown property '" + key + "'; " + Nearest.suggestion(key, known));
    }
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

  private static String text(JsonNode json, String path, String key, String otherwise) {
    return json.has(key) ? text(json, path, key) : otherwise;
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
