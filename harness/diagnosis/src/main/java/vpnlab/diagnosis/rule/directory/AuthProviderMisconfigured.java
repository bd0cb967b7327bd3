package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.DomainView;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;

/** RRAS asks the wrong authority about users, or none. */
public final class AuthProviderMisconfigured extends ServerSideRule {
  /** ERROR_NO_AUTH_SERVER (mprerror.h). */
  private static final int NO_SERVER = 938;

  public AuthProviderMisconfigured() {
    super("auth-provider-misconfigured", "the VPN server asks the wrong authority about users.");
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    Optional<EventRecord> failed =
        facts.events().ever(facts.vpnServer(), EventLog.REMOTE_ACCESS, 20152).stream()
            .reduce((first, second) -> second);
    Optional<EventRecord> refusal = facts.domain().refusal();
    boolean nobody = refusal.filter(event -> DomainView.error(event) == NO_SERVER).isPresent();
    if (nobody || failed.isPresent() && refusal.isPresent() && !facts.radius().asked()) {
      return Optional.of(
          Grounds.certain("RRAS shall ask RADIUS servers about users and has none.")
              .cite(refusal.map(event -> Cite.field(event, "ErrorCode")).stream().toList())
              .cite(failed.map(event -> Cite.field(event, "ErrorCode")).stream().toList()));
    }
    boolean elsewhere =
        facts.domain().windowsProvider()
            && facts.domain().inWorkgroup(facts.vpnServer())
            && refusal.isPresent()
            && ProviderElsewhere.policyServerRuns(facts)
            && !facts.radius().asked();
    return elsewhere
        ? facts
            .host(facts.vpnServer())
            .map(
                host ->
                    Grounds.certain(
                            "RRAS decides about users itself, but belongs to no domain; NPS, which"
                                + " could decide, is not asked.")
                        .cite(
                            Cite.host(host, "AuthenticationProvider = Windows, Domain = WORKGROUP"),
                            Cite.field(refusal.orElseThrow(), "ErrorCode")))
        : Optional.empty();
  }
}
