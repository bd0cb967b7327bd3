package vpnlab.diagnosis.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.diagnosis.facts.Attempt;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Rule;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.RasError;
import vpnlab.evidence.Stage;

/**
 * Asks every rule of the catalogue. A connection that came up is healthy, whatever went wrong on
 * the way, unless it came up past a policy or its user tried something through it in vain. Certain
 * findings leave no room for possible ones; among equals the earlier stage comes first, since what
 * fails there hides what would fail later.
 */
public final class RuleEngine implements DiagnosticEngine {
  private static final int STILL_DIALING = 600;

  private final List<Rule> rules;

  /** The engine with the whole catalogue; {@code ServiceLoader} uses this. */
  public RuleEngine() {
    this(RuleCatalogue.rules());
  }

  public RuleEngine(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  @Override
  public Diagnosis diagnose(Evidence evidence) {
    Facts facts = new Facts(evidence);
    Attempt attempt = facts.attempt();
    List<Finding> findings = findings(facts);
    if (attempt.connected()) {
      if (findings.isEmpty() && facts.failedProbes().isEmpty()) {
        return Diagnosis.HEALTHY;
      }
      Diagnosis healthy = Diagnosis.HEALTHY;
      Stage told = findings.isEmpty() ? Stage.DATA_PATH : findings.get(0).stage();
      boolean works = facts.failedProbes().isEmpty();
      Stage stage = told == Stage.CONNECTED && !works ? Stage.DATA_PATH : told;
      return new Diagnosis(healthy.code(), healthy.symbol(), stage, findings);
    }
    boolean told = findings.stream().anyMatch(each -> each.confidence() == Confidence.CERTAIN);
    RasError error =
        attempt.error().orElseGet(() -> RasError.of(told ? findings.get(0).code() : STILL_DIALING));
    Stage stage = findings.isEmpty() ? attempt.stage() : findings.get(0).stage();
    return new Diagnosis(error.code(), error.symbol(), stage, findings);
  }

  /** One attempt has one end; where that is not known, several ends exclude each other. */
  private static boolean endIsOpen(Attempt attempt, List<Finding> certain) {
    return !attempt.connected()
        && attempt.error().isEmpty()
        && certain.stream().map(Finding::code).distinct().count() > 1;
  }

  private List<Finding> findings(Facts facts) {
    List<Finding> certain = new ArrayList<>();
    List<Finding> possible = new ArrayList<>();
    Set<String> superseded = new HashSet<>();
    for (Rule rule : rules) {
      rule.evaluate(facts)
          .ifPresent(
              finding -> {
                if (finding.confidence() == Confidence.CERTAIN) {
                  certain.add(finding);
                  superseded.addAll(rule.supersedes());
                } else {
                  possible.add(finding);
                }
              });
    }
    certain.removeIf(finding -> superseded.contains(finding.cause()));
    if (endIsOpen(facts.attempt(), certain)) {
      certain.replaceAll(Finding::asCandidate);
    }
    List<Finding> telling = certain.isEmpty() ? possible : certain;
    telling.sort(Comparator.comparing(Finding::stage)); // stable: the catalogue's order remains
    return telling;
  }
}
