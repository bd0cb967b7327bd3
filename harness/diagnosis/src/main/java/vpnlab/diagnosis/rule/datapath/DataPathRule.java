package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.diagnosis.rule.Rule;
import vpnlab.diagnosis.rule.RulePage;
import vpnlab.evidence.Stage;

/**
 * A rule that explains why a user who is connected cannot work: it is asked only when the
 * connection stands and something that the user tried had no answer. There is no error code, so it
 * is 0.
 */
public abstract class DataPathRule implements Rule {
  private final String id;

  protected DataPathRule(String id) {
    this.id = id;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Stage stage() {
    return Stage.DATA_PATH;
  }

  @Override
  public final Set<Integer> codes() {
    return Set.of(0);
  }

  @Override
  public final Optional<Finding> evaluate(Facts facts) {
    if (!facts.attempt().connected() || facts.failedProbes().isEmpty()) {
      return Optional.empty();
    }
    return explain(facts).map(grounds -> finding(facts, grounds));
  }

  private Finding finding(Facts facts, Grounds grounds) {
    List<Citation> failed = facts.failedProbes().stream().map(Cite::probe).toList();
    return new Finding(
        id,
        id,
        0,
        stage(),
        grounds.confidence(),
        grounds.summary(),
        grounds.cite(failed).citations(),
        RulePage.of(id).remedy());
  }

  /** Whether the evidence carries this cause, and why. */
  protected abstract Optional<Grounds> explain(Facts facts);
}
