package vpnlab.diagnosis.rule.reach;

import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.Passage;

/** Who spoke when "port unreachable" came back in the server's name. */
final class Rejection {
  private Rejection() {}

  /**
   * Whether the server's own side shows that it was not the server: the service listens, or the
   * server's capture does not have the error that it is said to have sent.
   */
  static boolean provenElsewhere(Facts facts) {
    String server = facts.vpnServer();
    boolean stopped =
        facts.serviceStopped(server, "RemoteAccess").isPresent()
            || facts.serviceStopped(server, "IKEEXT").isPresent();
    if (!facts.administrator() || stopped || !facts.initPassage().is(Passage.Fate.REFUSED)) {
      return false;
    }
    int port = facts.ike().ikePort();
    boolean listens =
        facts
            .host(server)
            .filter(
                host ->
                    host.listeners().stream()
                        .anyMatch(l -> l.startsWith("udp/") && l.endsWith(":" + port)))
            .isPresent();
    boolean sentByServer =
        facts.capture().icmpErrors().stream()
            .anyMatch(error -> error.packet().captured().host().equals(server));
    return listens || !sentByServer;
  }
}
