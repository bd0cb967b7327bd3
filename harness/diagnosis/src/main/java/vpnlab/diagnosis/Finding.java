package vpnlab.diagnosis;

import java.util.List;
import vpnlab.evidence.Stage;

/**
 * One thing that a rule found wrong.
 *
 * @param rule the rule's id, which {@code vpnlab explain} knows
 * @param cause the cause's id, e.g. {@code server-certificate-expired}
 * @param code the Windows error code that this cause explains
 * @param summary one sentence with the particulars (dates, names, addresses) from the evidence
 * @param citations the pieces of evidence that carry it; never empty
 * @param remedy what to do about it
 */
public record Finding(
    String rule,
    String cause,
    int code,
    Stage stage,
    Confidence confidence,
    String summary,
    List<Citation> citations,
    String remedy) {

  /** How sure the rule is. */
  public enum Confidence {
    /** The evidence leaves no other explanation. */
    CERTAIN,
    /** One of several explanations that this vantage point cannot tell apart. */
    POSSIBLE
  }

  /**
   * A piece of evidence.
   *
   * @param kind {@code packet}, {@code event}, {@code nps-log}, {@code certificate}, {@code
   *     profile}, {@code host} or {@code probe}
   * @param where e.g. {@code laptop packet 7}, {@code nps Security 6273}, {@code rras certificate
   *     CN=vpn.corp.example}
   * @param what the field and its value, e.g. {@code notAfter = 2026-01-14T09:00:00Z}
   * @param origin the file and line that it was read from; empty for evidence of a live lab
   */
  public record Citation(String kind, String where, String what, String origin) {
    public Citation(String kind, String where, String what) {
      this(kind, where, what, "");
    }

    /** For people: where, the file, and what. */
    @Override
    public String toString() {
      return where + (origin.isEmpty() ? "" : " (" + origin + ")") + ": " + what;
    }
  }

  public Finding {
    citations = List.copyOf(citations);
  }

  /** The same as one of several explanations. */
  public Finding asCandidate() {
    return new Finding(rule, cause, code, stage, Confidence.POSSIBLE, summary, citations, remedy);
  }
}
