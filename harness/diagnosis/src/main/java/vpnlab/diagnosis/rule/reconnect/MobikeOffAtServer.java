package vpnlab.diagnosis.rule.reconnect;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.Ports;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The client may follow a change of network and did not try: the server speaks no MOBIKE. */
public final class MobikeOffAtServer extends CauseRule {
  public MobikeOffAtServer() {
    super("mobike-off-at-server", Stage.DATA_PATH, 829);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return NetworkChange.of(facts)
        .filter(change -> NetworkChange.mobility(facts).equals("Yes"))
        .filter(change -> change.regained().isPresent() && change.updates().isEmpty())
        .filter(change -> change.noWay(facts).isEmpty())
        .filter(change -> !facts.capture().datagrams().isEmpty())
        .filter(
            change ->
                facts
                    .firewallDrop(facts.client(), "Outbound", (from, to) -> to == Ports.NAT_T)
                    .isEmpty())
        .map(
            change ->
                Grounds.certain(
                        "The computer got another network, and the connection, which may follow,"
                            + " sent nothing from there: the server did not agree to MOBIKE.")
                    .cite(NetworkChange.citeMobility(facts))
                    .cite(change.citations())
                    .cite(
                        Cite.capture(
                            facts.client(),
                            "no IKE request from "
                                + change.regained().orElseThrow().data("Address"))));
  }
}
