package vpnlab.diagnosis.rule.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.IcmpError;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.HostFacts;

/** The address that the client dialed, and the addresses that the server has. */
record Addressing(Facts facts) {
  /** For people: what tells a lost answer from one that leaves by the wrong adapter. */
  static final String SERVER_ROUTES = "the server's routing table (route print)";

  boolean dialedByName() {
    return !CertificateView.isAddress(facts.profile().server());
  }

  String dialedAddress() {
    return facts.ike().serverAddress().orElse(facts.profile().server());
  }

  boolean hostUnreachable() {
    return facts.initPassage().refusal().filter(IcmpError::hostUnreachable).isPresent();
  }

  List<String> serverAddresses() {
    return facts.host(facts.vpnServer()).map(HostFacts::addresses).orElse(List.of());
  }

  /** No host that the evidence knows has the dialed address; false when the server is unknown. */
  boolean serverIsElsewhere() {
    return !serverAddresses().isEmpty()
        && facts.hosts().stream()
            .filter(host -> !host.host().equals(facts.client()))
            .noneMatch(host -> host.addresses().contains(dialedAddress()));
  }

  /** It has an address of its own that clients could dial: no NAT must stand before it. */
  boolean serverIsPublic() {
    return serverAddresses().stream().anyMatch(address -> !isPrivate(address));
  }

  /** RFC 1918. */
  static boolean isPrivate(String address) {
    return address.startsWith("10.")
        || address.startsWith("192.168.")
        || address.matches("172\\.(1[6-9]|2[0-9]|3[01])\\..*");
  }

  List<Citation> citations() {
    List<Citation> citations = new ArrayList<>();
    resolution()
        .ifPresent(
            event ->
                citations.add(
                    Cite.event(
                        event,
                        "QueryName = %s, QueryResults = %s"
                            .formatted(event.data("QueryName"), event.data("QueryResults")))));
    citations.addAll(facts.initPassage().citations());
    return citations;
  }

  /** The evidence that the server's interface has no link; empty when it has. */
  List<Citation> citeLinkDown() {
    return facts.events().ever(facts.vpnServer(), "Tcpip", 4201, 4202).stream()
        .reduce((first, second) -> second)
        .filter(event -> event.id() == 4202)
        .map(event -> List.of(Cite.field(event, "Address")))
        .orElse(List.of());
  }

  /** Whether the evidence shows by which interface the server sends what. */
  boolean serverRoutesAreKnown() {
    return facts.host(facts.vpnServer()).filter(host -> !host.routes().isEmpty()).isPresent();
  }

  List<Citation> citeServer() {
    return facts
        .host(facts.vpnServer())
        .map(host -> List.of(Cite.host(host, "addresses = " + host.addresses())))
        .orElse(List.of());
  }

  private Optional<EventRecord> resolution() {
    return facts
        .events()
        .last(
            facts.client(),
            EventLog.DNS_CLIENT,
            3008,
            event -> event.data("QueryName").equalsIgnoreCase(facts.profile().server()));
  }
}
