package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import java.util.stream.IntStream;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.NpsReasonCode;

/** What all rules about the policies of NPS ask: its reason, else a prompt 812. */
public final class PolicyDenial {
  private PolicyDenial() {}

  /**
   * @param summary with %s for {@code particular}
   * @param reasons the reason codes that NPS logs for this cause
   */
  public static Optional<Grounds> explain(
      Facts facts, String summary, String particular, int... reasons) {
    String sentence = summary.formatted(particular);
    Optional<EventRecord> denial = facts.radius().denial();
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
                                  NpsReasonCode.of(reason), NpsReasonCode.of(reason).meaning())),
                      Cite.field(denial.get(), "NetworkPolicyName")))
          : Optional.empty();
    }
    if (facts.attempt().error().isEmpty() || facts.radius().silent()) {
      return Optional.empty();
    }
    return Optional.of(
        Grounds.possible("It may be this: " + sentence)
            .cite(
                facts
                    .events()
                    .last(facts.vpnServer(), EventLog.REMOTE_ACCESS, 20276)
                    .map(event -> Cite.field(event, "Reason"))
                    .stream()
                    .toList()));
  }
}
