package vpnlab.diagnosis.rule.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.OwnCertificate;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.diagnosis.rule.account.PolicyDenial;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.RasError;

/** What NPS's log says of revocation lists (CAPI2 41, 42, 53), and what all rules about it ask. */
final class Revocations {
  /** For people: which log tells what came of the revocation lists. */
  static final String LOG = "the CAPI2 log of NPS";

  private Revocations() {}

  /**
   * NPS's reason, else a prompt 812 after the client had used a certificate of that kind.
   *
   * @param summary with %s for the certificate
   */
  static Optional<Grounds> explain(
      Facts facts, String summary, Predicate<CertificateView> kind, int reason) {
    Optional<OwnCertificate> used = facts.cloud().used();
    if (facts.radius().denial().isEmpty() && !facts.cloud().mayHaveUsed(kind)) {
      return Optional.empty();
    }
    return PolicyDenial.explain(
            facts,
            summary,
            used.map(OwnCertificate::title).orElse("the client's certificate"),
            reason)
        .map(grounds -> grounds.cite(facts.cloud().citeKeyUsed()).cite(citeVerdict(facts)));
  }

  /** Whether the evidence lacks the log of NPS that tells what came of revocation lists. */
  static boolean areUntold(Facts facts) {
    return !facts.events().has(facts.policyServer(), EventLog.CAPI2);
  }

  /** CAPI2 41 with an error: what came of looking a certificate up. */
  static List<Citation> citeVerdict(Facts facts) {
    return facts
        .events()
        .last(facts.policyServer(), EventLog.CAPI2, 41, event -> failed(event))
        .map(event -> List.of(Cite.event(event, text(event, "Subject"))))
        .orElse(List.of());
  }

  /** CAPI2 42 in this attempt: a list is too old. */
  static List<Citation> citeRejectedList(Facts facts) {
    return facts
        .events()
        .last(facts.policyServer(), EventLog.CAPI2, 42)
        .map(event -> List.of(Cite.event(event, text(event, "NextUpdate"))))
        .orElse(List.of());
  }

  /**
   * The last CAPI2 53 of each URL where it failed, or 52 where none followed: lists are fetched
   * ahead of attempts.
   */
  static List<Citation> citeFailedRetrievals(Facts facts) {
    Map<String, EventRecord> last = new LinkedHashMap<>();
    for (EventRecord event : facts.events().ever(facts.policyServer(), EventLog.CAPI2, 52, 53)) {
      last.put(event.data("URL"), event);
    }
    return last.values().stream()
        .filter(event -> event.id() == 52 || failed(event))
        .map(
            event ->
                Cite.event(
                    event,
                    event.id() == 52
                        ? "URL = " + event.data("URL") + ", and nothing came of it"
                        : text(event, "URL")))
        .toList();
  }

  private static boolean failed(EventRecord event) {
    return RasError.parse(event.data("Result")).filter(error -> error.code() != 0).isPresent();
  }

  private static String text(EventRecord event, String field) {
    return "%s = %s, Result = %s".formatted(field, event.data(field), event.data("Result"));
  }
}
