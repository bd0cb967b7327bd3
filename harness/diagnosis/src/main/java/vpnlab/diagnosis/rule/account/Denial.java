package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import java.util.stream.IntStream;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.NpsReasonCode;
import vpnlab.evidence.RasError;

/**
 * What all rules about the user's account ask: NPS's reason; else RRAS's own refusal beside what
 * the directory lists; else the code alone.
 */
final class Denial {
  /** In place of a code of its own: the client sees 691 for this cause as for others. */
  static final int CANDIDATE = 691;

  private Denial() {}

  /**
   * @param ownCode the code that only this cause has, or {@link #CANDIDATE}
   * @param summary with %s for the user's name
   * @param reasons the reason codes that NPS logs for this cause
   */
  static Optional<Grounds> explain(Facts facts, int ownCode, String summary, int... reasons) {
    String sentence = summary.formatted(facts.profile().userName());
    var denial = facts.radius().denial();
    if (denial.isPresent()) {
      int reason = facts.radius().reason();
      return IntStream.of(reasons).anyMatch(one -> one == reason)
          ? Optional.of(
              Grounds.certain(sentence)
                  .cite(
                      Cite.event(
                          denial.get(),
                          "ReasonCode = %s: %s"
                              .formatted(
                                  NpsReasonCode.of(reason), NpsReasonCode.of(reason).meaning()))))
          : Optional.empty();
    }
    var inferred = facts.domain().inferred();
    if (inferred.isPresent()) {
      return IntStream.of(reasons).anyMatch(one -> one == inferred.get().reason())
          ? Optional.of(
              Grounds.certain(sentence)
                  .cite(
                      Cite.field(inferred.get().refusal(), "ErrorCode"),
                      Cite.directory(
                          facts.domain().controller().orElseThrow(),
                          facts.profile().userName(),
                          inferred.get().why())))
          : Optional.empty();
    }
    int code = facts.attempt().error().map(RasError::code).orElse(0);
    if (code != ownCode) {
      return Optional.empty();
    }
    return Optional.of(
        ownCode == CANDIDATE
            ? Grounds.possible("It may be this: " + sentence)
            : Grounds.certain(sentence));
  }
}
