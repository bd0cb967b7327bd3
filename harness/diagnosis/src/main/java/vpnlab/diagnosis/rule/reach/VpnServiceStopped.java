package vpnlab.diagnosis.rule.reach;

import static vpnlab.diagnosis.facts.Passage.Fate.IGNORED_BY_SERVER;
import static vpnlab.diagnosis.facts.Passage.Fate.SILENCE;

import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.Passage;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** Routing and Remote Access, or IKE, does not run on the server. */
public final class VpnServiceStopped extends CauseRule {
  public VpnServiceStopped() {
    super("vpn-service-stopped", Stage.REACHABILITY, 809);
  }

  @Override
  public Set<String> supersedes() {
    return Set.of("vpn-service-not-listening");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Passage passage = facts.initPassage();
    if (!facts.administrator()) {
      return passage.is(SILENCE)
          ? Optional.of(
              Grounds.possible("No packet came back: the VPN service may be stopped.")
                  .cite(passage.citations()))
          : Optional.empty();
    }
    boolean refusedByItself =
        passage
            .refusal()
            .filter(error -> error.portUnreachable())
            .filter(error -> error.from().equals(error.quotedDestination()))
            .isPresent();
    if (!passage.is(IGNORED_BY_SERVER) && !refusedByItself) {
      return Optional.empty();
    }
    String server = facts.vpnServer();
    return facts
        .serviceStopped(server, "RemoteAccess")
        .or(() -> facts.serviceStopped(server, "IKEEXT"))
        .map(
            stopped ->
                Grounds.certain(
                        "The requests reach %s, where the VPN service is stopped."
                            .formatted(server))
                    .cite(stopped)
                    .cite(passage.citations()));
  }
}
