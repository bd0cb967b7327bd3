package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.DomainView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The computer of the server is no member of RAS and IAS Servers. */
public final class ServerNotRegisteredInAd extends ServerSideRule {
  public ServerNotRegisteredInAd() {
    super("server-not-registered-in-ad", "the server is not registered in the directory.");
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    return ReadAccess.of(facts)
        .filter(access -> access.group().isPresent() && !access.isMember())
        .map(
            access ->
                access.because(
                    "%s is no member of RAS and IAS Servers.".formatted(access.refused().server()),
                    DomainView.SERVERS_GROUP,
                    "member does not name " + access.refused().server()));
  }
}
