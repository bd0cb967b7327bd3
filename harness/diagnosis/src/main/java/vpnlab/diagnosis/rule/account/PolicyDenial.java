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
   * For causes that only NPS's own word tells from others: without it one of the siblings stands
   * for them.
   */
  static Optional<Grounds> decided(Facts facts, String sentence, int... reasons) {
    Optional<EventRecord> denial = facts.radius().denial();
    int reason = facts.radius().reason();
    return denial
        .filter(event -> IntStream.of(reasons).anyMatch(one -> one == reason))
        .map(
            event ->
                Grounds.certain(sentence)
                    .cite(
                        Cite.event(
                            event,
                            "ReasonCode = %s: %s"
                                .formatted(
                                    NpsReasonCode.of(reason), NpsReasonCode.of(reason).meaning())),
                        Cite.field(event, "NetworkPolicyName")));
  }

  /**
   * @param summary with %s for {@code particular}
   * @param reasons the reason codes that NPS logs for this cause
   */
  public static Optional<Grounds> explain(
      Facts facts, String summary, String particular, int... reasons) {
    String sentence = summary.formatted(particular);
    if (facts.radius().denial().isPresent()) {
      return decided(facts, sentence, reasons);
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
