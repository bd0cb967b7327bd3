package vpnlab.diagnosis.rule;

import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.Stage;

/**
 * One explanation for a failed connection. A rule reads evidence and says whether it is this; it
 * knows nothing of other rules.
 */
public interface Rule {
  /** The id of the rule, which is also that of the cause it finds. */
  String id();

  /** Where a connection with this fault ends. */
  Stage stage();

  /** The Windows error codes that this fault can show to the user, the usual one first. */
  Set<Integer> codes();

  /**
   * Causes that are mere consequences when this one is certain: reporting them too would send the
   * reader after a symptom.
   */
  default Set<String> supersedes() {
    return Set.of();
  }

  /** The finding, when the evidence carries it. */
  Optional<Finding> evaluate(Facts facts);
}
