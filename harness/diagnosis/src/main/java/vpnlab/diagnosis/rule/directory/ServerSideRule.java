package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import java.util.stream.IntStream;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.RasError;
import vpnlab.evidence.Stage;

/**
 * A fault between the servers and the directory. Users see the code of a wrong password for it (or
 * the silence of RADIUS), so that whoever has no more than the code must name it as possible.
 */
abstract class ServerSideRule extends CauseRule {
  private static final int AUTHENTICATION_FAILURE = 691;

  private final String guess;

  /**
   * @param guess what a user is told who cannot know
   */
  ServerSideRule(String id, String guess, int... codes) {
    super(id, Stage.AUTHENTICATION, withFirst(codes));
    this.guess = guess;
  }

  private static int[] withFirst(int... more) {
    return IntStream.concat(IntStream.of(AUTHENTICATION_FAILURE), IntStream.of(more)).toArray();
  }

  @Override
  protected final Optional<Grounds> explain(Facts facts) {
    Optional<Grounds> proof = prove(facts);
    if (proof.isPresent()) {
      return proof;
    }
    boolean decided = facts.radius().denial().isPresent() || facts.domain().inferred().isPresent();
    boolean looksLikeIt =
        facts.attempt().error().map(RasError::code).orElse(0) == AUTHENTICATION_FAILURE
            || facts.radius().silent() && !facts.administrator() && codes().size() > 1;
    return !decided && looksLikeIt && facts.domain().refused().isEmpty()
        ? Optional.of(Grounds.possible("It may be this: " + guess))
        : Optional.empty();
  }

  /** What the evidence of an administrator proves. */
  abstract Optional<Grounds> prove(Facts facts);
}
