package vpnlab.files;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.Vantage;

/**
 * Diagnoses an attempt from files, where parts may be missing that a live lab always has. An engine
 * takes what an administrator's evidence lacks for something that did not happen; so a certainty
 * that cites no record of any server counts only as far as the client's own evidence carries it.
 */
public final class AttemptDiagnosis {
  private AttemptDiagnosis() {}

  /** What the engine makes of it, within what the files can carry. */
  public static Diagnosis of(Evidence evidence, DiagnosticEngine engine) {
    Diagnosis whole = engine.diagnose(evidence);
    if (whole.healthy() || evidence.client().isEmpty()) {
      return whole;
    }
    boolean carried =
        evidence.vantage() == Vantage.CLIENT
            || Siblings.complete(evidence)
            || whole.certain() && citesServer(whole.findings(), evidence.client());
    Diagnosis own = carried ? whole : engine.diagnose(ofClient(evidence));
    return Siblings.consider(own.findings().isEmpty() ? whole : own, evidence);
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
        all.hosts().stream().filter(host -> host.host().equals(client)).toList());
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
