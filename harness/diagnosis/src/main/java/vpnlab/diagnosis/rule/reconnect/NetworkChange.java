package vpnlab.diagnosis.rule.reconnect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.RoutingTable;
import vpnlab.diagnosis.facts.SeenIkeMessage;
import vpnlab.evidence.EventRecord;

/**
 * A change of network under a connection that stood.
 *
 * @param lost Tcpip 4202 at the client
 * @param regained Tcpip 4201 behind it, before the connection was given up
 * @param updates INFORMATIONAL requests that left the client from its new address
 */
record NetworkChange(
    EventRecord lost, Optional<EventRecord> regained, List<SeenIkeMessage> updates) {
  private static final String TCPIP = "Tcpip";

  /** The last one of the attempt that did not end well. */
  static Optional<NetworkChange> of(Facts facts) {
    Optional<EventRecord> end = facts.attempt().failure();
    if (facts.attempt().stood().isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    EventLog events = facts.events();
    return events
        .lastBefore(end, facts.client(), TCPIP, 4202)
        .map(
            lost -> {
              Optional<EventRecord> regained =
                  events.since(facts.client(), TCPIP, 4201).stream()
                      .filter(event -> !event.at().isBefore(lost.at()))
                      .filter(event -> event.at().isBefore(end.get().at()))
                      .findFirst();
              List<SeenIkeMessage> updates =
                  regained.map(event -> updates(facts, event)).orElse(List.of());
              return new NetworkChange(lost, regained, updates);
            });
  }

  private static List<SeenIkeMessage> updates(Facts facts, EventRecord regained) {
    return facts.ike().laterRequests().stream()
        .filter(SeenIkeMessage::informational)
        .filter(m -> m.datagram().source().equals(regained.data("Address")))
        .toList();
  }

  /** Time without any network, by the client's clock; empty when it never came back. */
  Optional<Duration> outage() {
    return regained.map(event -> Duration.between(lost.at(), event.at()));
  }

  /** Whether the server answered any of them. */
  boolean answered(Facts facts) {
    return facts.ike().laterAnswers().stream()
        .anyMatch(
            answer ->
                updates.stream()
                    .anyMatch(
                        update ->
                            update.messageId() == answer.messageId()
                                && answer
                                    .datagram()
                                    .destination()
                                    .equals(update.datagram().source())));
  }

  /** Those that came through to the VPN server; a NAT may have changed their source. */
  List<SeenIkeMessage> arrived(Facts facts) {
    return facts.ike().requestsArrivedAt(facts.vpnServer(), false).stream()
        .filter(SeenIkeMessage::informational)
        .filter(m -> updates.stream().anyMatch(update -> update.messageId() == m.messageId()))
        .toList();
  }

  /** The server's answers as they left it. */
  List<SeenIkeMessage> answersSent(Facts facts) {
    return facts.ike().answersSentBy(facts.vpnServer(), false).stream()
        .filter(SeenIkeMessage::informational)
        .filter(m -> updates.stream().anyMatch(update -> update.messageId() == m.messageId()))
        .toList();
  }

  /** That the client's routes do not lead to the server any more, where the evidence has them. */
  Optional<Citation> noWay(Facts facts) {
    Optional<String> server = facts.ike().serverAddress();
    return facts
        .host(facts.client())
        .filter(host -> regained.isPresent() && server.isPresent() && !host.routes().isEmpty())
        .filter(host -> RoutingTable.of(host).towards(server.get()).isEmpty())
        .map(host -> Cite.host(host, "no route to " + server.get()));
  }

  List<Citation> citations() {
    List<Citation> citations = new ArrayList<>();
    citations.add(Cite.field(lost, "Address"));
    regained.ifPresent(event -> citations.add(Cite.field(event, "Address")));
    updates.stream()
        .findFirst()
        .ifPresent(
            update ->
                citations.add(
                    Cite.packet(update, updates.size() + " INFORMATIONAL requests, no answer")));
    return citations;
  }

  /** What the client's connection says of MOBIKE: Yes, No, or nothing. */
  static String mobility(Facts facts) {
    return facts.attempt().dialing().map(event -> event.data("Mobility")).orElse("");
  }

  static Citation citeMobility(Facts facts) {
    return Cite.field(facts.attempt().dialing().orElseThrow(), "Mobility");
  }
}
