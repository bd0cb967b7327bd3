package vpnlab.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.NpsReasonCode;
import vpnlab.files.AttemptDiagnosis;
import vpnlab.files.AttemptDiagnosis.Refusal;
import vpnlab.files.AttemptDiagnosis.ServerRefusal;
import vpnlab.files.EvidenceFolder;
import vpnlab.files.EvidenceFolder.Refusals;
import vpnlab.files.FileReport;
import vpnlab.files.FoundAttempt;
import vpnlab.files.SkippedLines;
import vpnlab.runner.Causes;
import vpnlab.runner.engine.DiagnosisJson;
import vpnlab.runner.report.MismatchReport;

/** What a folder of evidence says, for people and as JSON. */
final class EvidenceReport {
  /** ERROR_PENDING stands for an end that no record tells of. */
  private static final int STILL_DIALING = 600;

  private final EvidenceFolder.Contents contents;
  private final DiagnosticEngine engine;

  /** They came up, and something is wrong with them all the same. */
  private final List<FoundAttempt> suspicious;

  EvidenceReport(EvidenceFolder.Contents contents, DiagnosticEngine engine) {
    this.contents = contents;
    this.engine = engine;
    this.suspicious =
        contents.suspects().stream().filter(attempt -> !diagnosis(attempt).healthy()).toList();
  }

  /** Whether nothing failed, nor came up with something wrong about it. */
  boolean healthy() {
    return contents.failed() == 0 && suspicious.isEmpty();
  }

  /** How many attempts the files tell of, whatever became of them. */
  long attempts() {
    return contents.failed() + contents.connected() + contents.unanswered();
  }

  private Diagnosis diagnosis(FoundAttempt attempt) {
    return AttemptDiagnosis.of(attempt.evidence().get(), engine);
  }

  /** One line about a file. */
  static String verdict(FileReport file) {
    String summary = file.summary().isEmpty() ? "" : ": " + file.summary();
    return file.kind().title() + summary;
  }

  void print(PrintWriter out) {
    out.println("files");
    for (FileReport file : contents.files()) {
      out.println("  " + file.name() + "  " + (file.read() ? "" : "skipped, ") + verdict(file));
      file.complaints().forEach(line -> out.println("      " + line));
    }
    if (!contents.anythingRead()) {
      return;
    }
    out.println();
    out.printf(
        "attempts: %,d failed, %,d connected%s%n",
        contents.failed(),
        contents.connected(),
        contents.unanswered() == 0
            ? ""
            : ", %,d without a decision in NPS's log".formatted(contents.unanswered()));
    printRefusals(out);
    if (contents.attempts().size() < contents.failed()) {
      out.printf("%nthe latest %,d that failed (--limit shows more)%n", contents.attempts().size());
    }
    contents.attempts().forEach(attempt -> print(out, attempt));
    if (!suspicious.isEmpty()) {
      out.println();
      out.println("connected, and something is wrong all the same");
      suspicious.forEach(attempt -> print(out, attempt));
    }
  }

  private void printRefusals(PrintWriter out) {
    if (contents.refusals().isEmpty()) {
      return;
    }
    out.println();
    out.println("refused, by the reason in NPS's log");
    for (Refusals refusals : contents.refusals()) {
      out.printf(
          "  %,10d  %s: %s%n",
          refusals.count(),
          NpsReasonCode.of(refusals.reason()),
          diagnosis(refusals.example())
              .likelyCause()
              .orElse(NpsReasonCode.of(refusals.reason()).meaning()));
    }
  }

  private void print(PrintWriter out, FoundAttempt attempt) {
    Diagnosis diagnosis = diagnosis(attempt);
    out.println();
    out.println(title(attempt));
    if (diagnosis.findings().isEmpty()) {
      printWithoutRule(out, attempt, diagnosis);
      return;
    }
    out.println(
        "    %d %s at the stage %s"
            .formatted(diagnosis.code(), diagnosis.symbol(), diagnosis.stage().id()));
    out.print(MismatchReport.findings(diagnosis));
    AttemptDiagnosis.decidedBy(diagnosis)
        .ifPresent(citation -> out.println("    decided by " + place(citation)));
  }

  private static void printWithoutRule(PrintWriter out, FoundAttempt attempt, Diagnosis diagnosis) {
    Evidence evidence = attempt.evidence().get();
    String error = "    " + diagnosis.code() + " " + diagnosis.symbol();
    Optional<String> said =
        AttemptDiagnosis.refusal(evidence)
            .map(EvidenceReport::said)
            .or(() -> AttemptDiagnosis.serverRefusal(evidence).map(EvidenceReport::said));
    if (said.isPresent()) {
      if (diagnosis.code() != STILL_DIALING) {
        out.println(error + " at the stage " + diagnosis.stage().id());
      }
      out.println("    " + said.get());
      decidedBy(diagnosis, evidence)
          .ifPresent(citation -> out.println("    decided by " + place(citation)));
    } else {
      out.println(
          attempt.outcome() == FoundAttempt.Outcome.UNFINISHED
              ? "    its end is not in the logs"
              : error + ": no rule fired" + advice(diagnosis.code()));
    }
  }

  private static String advice(int code) {
    boolean known = Causes.codes().values().stream().anyMatch(codes -> codes.contains(code));
    return known ? "; what may be behind it: vpnlab explain " + code : "";
  }

  private static String said(Refusal refusal) {
    return "NPS %s: %s: %s"
        .formatted(
            refusal.answered() ? "refused" : "did not answer",
            refusal.reason(),
            refusal.reason().meaning());
  }

  private static String said(ServerRefusal refusal) {
    return "the VPN server refused: "
        + refusal.reason()
        + refusal.error().map(error -> " (%s: %s)".formatted(error, error.meaning())).orElse("");
  }

  /** The record that decided, or where no rule knows what it means, the one that says most. */
  private static Optional<Citation> decidedBy(Diagnosis diagnosis, Evidence evidence) {
    return AttemptDiagnosis.decidedBy(diagnosis)
        .or(() -> AttemptDiagnosis.refusal(evidence).map(Refusal::citation))
        .or(() -> AttemptDiagnosis.serverRefusal(evidence).map(ServerRefusal::citation));
  }

  private static String title(FoundAttempt attempt) {
    return attempt.at()
        + "  "
        + (attempt.user().isEmpty() ? "somebody" : attempt.user())
        + (attempt.client().isEmpty() ? "" : " at " + attempt.client());
  }

  private static String place(Citation citation) {
    return citation.origin().isEmpty() ? citation.where() : citation.origin();
  }

  String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("files", contents.files().stream().map(EvidenceReport::json).toList());
    json.put("failed", contents.failed());
    json.put("connected", contents.connected());
    json.put("unanswered", contents.unanswered());
    json.put("refusals", contents.refusals().stream().map(this::json).toList());
    json.put("attempts", contents.attempts().stream().map(this::json).toList());
    json.put("suspicious", suspicious.stream().map(this::json).toList());
    return JsonMapper.builder().build().writeValueAsString(json);
  }

  private static Map<String, Object> json(FileReport file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", file.name());
    json.put("kind", file.kind().title());
    json.put("read", file.read());
    json.put("summary", file.summary());
    List<Object> lines = new ArrayList<>();
    for (SkippedLines.Skipped line : file.skipped().first()) {
      lines.add(Map.of("line", line.line(), "kind", line.kind().title(), "why", line.why()));
    }
    json.put("skipped", file.skipped().total());
    json.put("skippedLines", lines);
    return json;
  }

  private static Map<String, Object> json(NpsReasonCode reason) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", reason.code());
    json.put("symbol", reason.symbol());
    json.put("meaning", reason.meaning());
    return json;
  }

  private Map<String, Object> json(Refusals refusals) {
    NpsReasonCode reason = NpsReasonCode.of(refusals.reason());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", refusals.reason());
    json.put("symbol", reason.symbol());
    json.put("meaning", reason.meaning());
    json.put("count", refusals.count());
    json.put("cause", diagnosis(refusals.example()).likelyCause().orElse(null));
    return json;
  }

  private Map<String, Object> json(FoundAttempt attempt) {
    Diagnosis diagnosis = diagnosis(attempt);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", attempt.at().toString());
    json.put("user", attempt.user());
    json.put("client", attempt.client());
    Evidence evidence = attempt.evidence().get();
    Optional<Refusal> refusal = AttemptDiagnosis.refusal(evidence);
    json.put("decidedBy", decidedBy(diagnosis, evidence).map(EvidenceReport::place).orElse(null));
    json.put("npsReason", refusal.map(Refusal::reason).map(EvidenceReport::json).orElse(null));
    json.put("diagnosis", DiagnosisJson.map(diagnosis));
    return json;
  }
}
