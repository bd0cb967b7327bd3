package vpnlab.diagnosis.rule;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.RasError;
import vpnlab.evidence.Stage;

/** A rule that explains some error codes: it is asked only when the attempt ended with one. */
public abstract class CauseRule implements Rule {
  /** In place of an error: the connection came up, and should not have. */
  protected static final int CONNECTED = 0;

  /** The attempt goes on (ERROR_PENDING): it has not come to an end, and may never. */
  protected static final int PENDING = 600;

  private final String id;
  private final Stage stage;
  private final Set<Integer> codes = new LinkedHashSet<>();

  protected CauseRule(String id, Stage stage, int... codes) {
    this.id = id;
    this.stage = stage;
    for (int code : codes) {
      this.codes.add(code);
    }
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Stage stage() {
    return stage;
  }

  @Override
  public final Set<Integer> codes() {
    return Collections.unmodifiableSet(codes);
  }

  /** Candidates are named only for an attempt that is known to have failed. */
  @Override
  public final Optional<Finding> evaluate(Facts facts) {
    boolean connected = facts.attempt().connected();
    if (connected ? !codes.contains(CONNECTED) : !facts.attempt().mayHaveEndedWith(codes)) {
      return Optional.empty();
    }
    if (facts.cloud().holdsBack() && !codes.contains(PENDING)) {
      return Optional.empty(); // nothing was dialed that could have failed
    }
    boolean ended = connected || facts.attempt().error().isPresent();
    if (!ended && codes.equals(Set.of(CONNECTED))) {
      return Optional.empty(); // nothing says that it came up
    }
    return explain(facts)
        .filter(grounds -> ended || grounds.confidence() == Confidence.CERTAIN)
        .map(grounds -> finding(facts, grounds));
  }

  private Finding finding(Facts facts, Grounds grounds) {
    int code =
        facts.attempt().connected()
            ? CONNECTED
            : facts.attempt().error().map(RasError::code).orElseGet(() -> codeOfNoEnd(facts));
    return new Finding(
        id,
        id,
        code,
        stage,
        grounds.confidence(),
        grounds.summary(),
        grounds.cite(facts.citeOutcome()).citations(),
        RulePage.of(id).remedy());
  }

  /** The code that the user must have seen, where no record tells how it ended. */
  protected int codeOfNoEnd(Facts facts) {
    return codes.contains(PENDING) ? PENDING : codes.iterator().next();
  }

  /** Whether the evidence carries this cause, and why. */
  protected abstract Optional<Grounds> explain(Facts facts);
}
