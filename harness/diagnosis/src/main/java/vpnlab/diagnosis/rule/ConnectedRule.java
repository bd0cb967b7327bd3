package vpnlab.diagnosis.rule;

import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.Stage;

/**
 * A rule about something that is broken although the user is connected and can work, so that only
 * an administrator would ever notice. There is no error code, so it is 0.
 */
public abstract class ConnectedRule implements Rule {
  private final String id;

  protected ConnectedRule(String id) {
    this.id = id;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Stage stage() {
    return Stage.CONNECTED;
  }

  @Override
  public final Set<Integer> codes() {
    return Set.of(0);
  }

  @Override
  public final Optional<Finding> evaluate(Facts facts) {
    if (!facts.attempt().connected()) {
      return Optional.empty();
    }
    return explain(facts)
        .map(
            grounds ->
                new Finding(
                    id,
                    id,
                    0,
                    stage(),
                    grounds.confidence(),
                    grounds.summary(),
                    grounds.citations(),
                    RulePage.of(id).remedy()));
  }

  /** Whether the evidence carries this cause, and why. */
  protected abstract Optional<Grounds> explain(Facts facts);
}
