package vpnlab.diagnosis.rule.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.SeenIkeMessage;
import vpnlab.evidence.EventRecord;
import vpnlab.wire.ike.NotifyType;

/**
 * The server's refusal of IKE_SA_INIT.
 *
 * @param policyMismatch the server says: no proposal in common (13868)
 * @param noPolicy the server says: no policy at all for this peer (13825)
 */
record ServerRefusal(boolean policyMismatch, boolean noPolicy, List<Citation> citations) {
  private static final String MISMATCH = "13868"; // ERROR_IPSEC_IKE_POLICY_MATCH
  private static final String NO_POLICY = "13825"; // ERROR_IPSEC_IKE_NO_POLICY

  static Optional<ServerRefusal> of(Facts facts) {
    Optional<SeenIkeMessage> answer = facts.ike().initAnswerWith(NotifyType.NO_PROPOSAL_CHOSEN);
    Optional<EventRecord> told = failure(facts, facts.client());
    Optional<EventRecord> logged =
        facts.administrator() ? failure(facts, facts.vpnServer()) : Optional.empty();
    if (answer.isEmpty() && told.isEmpty() && logged.isEmpty()) {
      return Optional.empty();
    }
    List<Citation> citations = new ArrayList<>();
    answer.ifPresent(
        message -> citations.add(Cite.packet(message, "notify NO_PROPOSAL_CHOSEN (14)")));
    logged.or(() -> told).ifPresent(event -> citations.add(Cite.field(event, "FailureCode")));
    return Optional.of(
        new ServerRefusal(says(logged, MISMATCH), says(logged, NO_POLICY), citations));
  }

  private static boolean says(Optional<EventRecord> event, String code) {
    return event.filter(e -> e.data("FailureCode").equals(code)).isPresent();
  }

  private static Optional<EventRecord> failure(Facts facts, String host) {
    return facts
        .events()
        .last(
            host,
            EventLog.AUDITING,
            4653,
            event ->
                event.data("FailureCode").equals(MISMATCH)
                    || event.data("FailureCode").equals(NO_POLICY));
  }
}
