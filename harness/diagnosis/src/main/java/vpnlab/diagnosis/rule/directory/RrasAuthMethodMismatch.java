package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Stage;

/** RRAS itself does not accept the client's way to authenticate, e.g. EAP. */
public final class RrasAuthMethodMismatch extends CauseRule {
  private static final int SERVER_POLICY = 812;

  public RrasAuthMethodMismatch() {
    super("rras-auth-method-mismatch", Stage.AUTHENTICATION, SERVER_POLICY);
  }

  /**
   * Whatever NPS decides comes after the server has proved itself. A server that says 812 before
   * has decided alone.
   */
  @Override
  protected Optional<Grounds> explain(Facts facts) {
    boolean tried = facts.attempt().linkTried().isPresent() && facts.attempt().error().isPresent();
    if (!tried
        || facts.attempt().serverProven().isPresent()
        || facts.radius().denial().isPresent()) {
      return Optional.empty();
    }
    Optional<EventRecord> refused =
        facts.events().last(facts.vpnServer(), EventLog.REMOTE_ACCESS, 20276);
    return Optional.of(
        Grounds.certain(
                "The VPN server does not accept the client's way to authenticate (%s)."
                    .formatted(facts.method()))
            .cite(
                facts.attempt().linkTried().stream()
                    .map(event -> Cite.event(event, "no 20223 follows: refused before its proof"))
                    .toList())
            .cite(refused.map(event -> Cite.field(event, "Reason")).stream().toList())
            .cite(
                facts.host(facts.vpnServer()).stream()
                    .filter(host -> host.settings().containsKey("AuthenticationTypes"))
                    .map(
                        host ->
                            Cite.host(
                                host,
                                "AuthenticationTypes = "
                                    + host.settings().get("AuthenticationTypes")))
                    .toList()));
  }
}
