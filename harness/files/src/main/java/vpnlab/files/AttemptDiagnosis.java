package vpnlab.files;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Account;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.NpsReasonCode;
import vpnlab.evidence.RasError;
import vpnlab.evidence.Vantage;

/**
 * Diagnoses an attempt from files, where parts may be missing that a live lab always has. An engine
 * takes what an administrator's evidence lacks for something that did not happen; so a certainty
 * that cites no record of any server counts only as far as the client's own evidence carries it.
 * Where NPS has said why it refused, the client's evidence alone would name what that excludes.
 */
public final class AttemptDiagnosis {
  /** Kinds of citations that stand for something that happened. */
  private static final Set<String> RECORDS = Set.of("event", "nps-log", "packet");

  /** Event of NPS: an Access-Request was left unanswered. */
  private static final int UNANSWERED = 6274;

  private static final String REASON = "ReasonCode";

  private AttemptDiagnosis() {}

  /** What the engine makes of it, within what the files can carry. */
  public static Diagnosis of(Evidence evidence, DiagnosticEngine engine) {
    Diagnosis whole = engine.diagnose(evidence);
    if (whole.healthy()) {
      return whole;
    }
    if (evidence.client().isEmpty()) {
      return ofRecords(whole);
    }
    boolean carried =
        evidence.vantage() == Vantage.CLIENT
            || Siblings.complete(evidence)
            || (whole.certain()
                ? citesServer(whole.findings(), evidence.client())
                : new Facts(evidence).radius().denial().isPresent());
    Diagnosis own = carried ? whole : engine.diagnose(ofClient(evidence));
    return Siblings.consider(own.findings().isEmpty() ? whole : own, evidence);
  }

  /**
   * Where no client's log tells of the attempt, what counts is what a record says, and never that
   * something is not there.
   */
  private static Diagnosis ofRecords(Diagnosis whole) {
    List<Finding> carried =
        whole.findings().stream()
            .map(AttemptDiagnosis::withRecordsOnly)
            .filter(finding -> !finding.citations().isEmpty())
            .toList();
    boolean oneRecord =
        carried.stream().map(finding -> finding.citations().get(0)).distinct().count() == 1;
    if (carried.size() > 1 && oneRecord) {
      // One record cannot prove two causes; the client's code would have told which it is.
      carried = carried.stream().map(Finding::asCandidate).toList();
    }
    return carried.isEmpty()
        ? new Diagnosis(whole.code(), whole.symbol(), whole.stage(), List.of())
        : new Diagnosis(
            carried.get(0).code(),
            RasError.of(carried.get(0).code()).symbol(),
            carried.get(0).stage(),
            carried);
  }

  private static Finding withRecordsOnly(Finding finding) {
    return new Finding(
        finding.rule(),
        finding.cause(),
        finding.code(),
        finding.stage(),
        finding.confidence(),
        finding.summary(),
        finding.citations().stream().filter(citation -> RECORDS.contains(citation.kind())).toList(),
        finding.remedy());
  }

  private static boolean citesServer(List<Finding> findings, String client) {
    return findings.get(0).citations().stream()
        .anyMatch(
            citation ->
                !citation.kind().equals("profile")
                    && !citation.where().startsWith(client + " ")
                    && !citation.where().equals(client));
  }

  /** The part of the evidence that the client's user could have collected alone. */
  private static Evidence ofClient(Evidence all) {
    String client = all.client();
    return new Evidence(
        Vantage.CLIENT,
        client,
        all.profile(),
        all.packets().stream().filter(packet -> packet.host().equals(client)).toList(),
        all.events().stream().filter(event -> event.host().equals(client)).toList(),
        all.certificates().stream().filter(stored -> stored.host().equals(client)).toList(),
        all.hosts().stream().filter(host -> host.host().equals(client)).toList(),
        List.of(),
        all.probes(),
        all.storeListings());
  }

  /**
   * What NPS itself said of the attempt, whether a rule knows the reason or not.
   *
   * @param answered whether it refused, and did not leave the request unanswered
   * @param citation the record that says so
   */
  public record Refusal(NpsReasonCode reason, boolean answered, Citation citation) {}

  /** The last that NPS said of an attempt that it did not grant. */
  public static Optional<Refusal> refusal(Evidence evidence) {
    Facts facts = new Facts(evidence);
    return facts
        .radius()
        .denial()
        .or(() -> facts.events().last(facts.policyServer(), EventLog.AUDITING, UNANSWERED))
        .filter(event -> event.data(REASON).matches("[0-9]{1,6}"))
        .map(
            event ->
                new Refusal(
                    NpsReasonCode.of(Integer.parseInt(event.data(REASON))),
                    event.id() != UNANSWERED,
                    Cite.field(event, REASON)));
  }

  /**
   * What RRAS said of the attempt, which is less than NPS may say.
   *
   * @param error the code of its record, where it has one
   */
  public record ServerRefusal(String reason, Optional<RasError> error, Citation citation) {}

  /** The last that the VPN server said of an attempt that it refused. */
  public static Optional<ServerRefusal> serverRefusal(Evidence evidence) {
    return evidence.events().stream()
        .filter(ServerAttempts::isRrasRefusal)
        .filter(event -> Account.same(event.data("User"), evidence.profile().userName()))
        .reduce((first, second) -> second)
        .map(
            event ->
                new ServerRefusal(
                    event.data("Reason"),
                    Optional.of(event.data("ErrorCode"))
                        .filter(code -> !code.isEmpty())
                        .map(code -> code.matches("(?i)0x.*") ? code : "0x" + code)
                        .flatMap(RasError::parse),
                    Cite.field(event, "Reason")));
  }

  /** The record that decided: the first citation of the first finding that names a file. */
  public static Optional<Citation> decidedBy(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .findFirst()
        .flatMap(
            finding ->
                finding.citations().stream()
                    .filter(citation -> !citation.origin().isEmpty() || isLog(citation))
                    .findFirst()
                    .or(() -> finding.citations().stream().findFirst()));
  }

  private static boolean isLog(Citation citation) {
    return citation.kind().equals("nps-log");
  }
}
