package vpnlab.diagnosis.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.EventRecord;
import vpnlab.wire.ike.NotifyType;

/** How far the client's requests on one IKE port came, as far as the vantage can tell. */
public final class Passage {
  /** What became of the requests. */
  public enum Fate {
    /** The client had no reason to send any. */
    NOT_TRIED,
    /** The client's own firewall let none out, or no answer in. */
    HELD_BY_CLIENT,
    ANSWERED,
    /** An ICMP error came back. */
    REFUSED,
    /** They left, nothing came back, and the vantage cannot see further. */
    SILENCE,
    /** They left the client and did not arrive at the server. */
    LOST_BEFORE_SERVER,
    /** They arrived at the server, which sent no answer. */
    IGNORED_BY_SERVER,
    /** The server's answers left it and did not arrive at the client. */
    ANSWER_LOST
  }

  private final Fate fate;
  private final List<Citation> citations;
  private final Optional<IcmpError> refusal;

  private Passage(Fate fate, List<Citation> citations, Optional<IcmpError> refusal) {
    this.fate = fate;
    this.citations = List.copyOf(citations);
    this.refusal = refusal;
  }

  private static Passage of(Fate fate, Citation... citations) {
    return new Passage(fate, List.of(citations), Optional.empty());
  }

  public Fate fate() {
    return fate;
  }

  public boolean is(Fate... fates) {
    return List.of(fates).contains(fate);
  }

  /** The packets and events that show it. */
  public List<Citation> citations() {
    return citations;
  }

  /** The ICMP error when the fate is {@link Fate#REFUSED}. */
  public Optional<IcmpError> refusal() {
    return refusal;
  }

  static Passage ofInit(Facts facts) {
    IkeTraffic ike = facts.ike();
    List<SeenIkeMessage> requests = ike.initRequests();
    if (requests.isEmpty()) {
      return heldBack(facts, Ports.IKE, facts.attempt().linkTried());
    }
    List<SeenIkeMessage> answers = ike.initAnswers();
    if (!answers.isEmpty()) {
      Optional<EventRecord> drop =
          facts.firewallDrop(facts.client(), "Inbound", (from, to) -> from == ike.ikePort());
      boolean unused = ike.laterRequests().isEmpty();
      return drop.filter(event -> unused)
          .map(event -> droppedAnswer(event, answers.get(0)))
          .orElseGet(() -> of(Fate.ANSWERED, Cite.packet(answers.get(0), "IKE_SA_INIT answer")));
    }
    return beyondClient(facts, requests, true);
  }

  static Passage ofAuth(Facts facts) {
    IkeTraffic ike = facts.ike();
    if (!facts.initPassage().is(Fate.ANSWERED)) {
      return of(Fate.NOT_TRIED);
    }
    List<SeenIkeMessage> requests = ike.laterRequests();
    if (requests.isEmpty()) {
      boolean refused = ike.initAnswerWith(NotifyType.NO_PROPOSAL_CHOSEN).isPresent();
      return refused ? of(Fate.NOT_TRIED) : heldBack(facts, Ports.NAT_T, facts.attempt().failure());
    }
    List<SeenIkeMessage> answers = ike.laterAnswers();
    if (!answers.isEmpty()) {
      Optional<EventRecord> drop =
          facts.firewallDrop(facts.client(), "Inbound", (from, to) -> from == ike.natTPort());
      boolean unused = requests.stream().mapToLong(SeenIkeMessage::messageId).max().orElse(0) <= 1;
      return drop.filter(event -> unused)
          .map(event -> droppedAnswer(event, answers.get(0)))
          .orElseGet(() -> of(Fate.ANSWERED, Cite.packet(answers.get(0), "IKE answer")));
    }
    return beyondClient(facts, requests, false);
  }

  private static Passage droppedAnswer(EventRecord drop, SeenIkeMessage answer) {
    return of(
        Fate.HELD_BY_CLIENT,
        Cite.event(
            drop,
            "Direction = Inbound, SourcePort = %s, FilterName = %s"
                .formatted(drop.data("SourcePort"), drop.data("FilterName"))),
        Cite.packet(answer, "the answer reached the client's interface"));
  }

  /** No request is in the client's capture, though one was due when {@code due} is there. */
  private static Passage heldBack(Facts facts, int port, Optional<EventRecord> due) {
    List<Citation> citations = new ArrayList<>();
    facts
        .firewallDrop(facts.client(), "Outbound", (from, to) -> Ports.is(to, port))
        .ifPresent(
            drop ->
                citations.add(
                    Cite.event(
                        drop,
                        "Direction = Outbound, DestPort = %s, FilterName = %s"
                            .formatted(drop.data("DestPort"), drop.data("FilterName")))));
    boolean captureRan =
        facts.capture().packets().stream()
            .anyMatch(packet -> packet.captured().host().equals(facts.client()));
    if (due.isPresent() && captureRan) {
      citations.add(Cite.event(due.get(), "the request was due"));
    }
    if (citations.isEmpty()) {
      return of(Fate.NOT_TRIED);
    }
    citations.add(Cite.capture(facts.client(), "no IKE request to UDP port " + port + " left"));
    return new Passage(Fate.HELD_BY_CLIENT, citations, Optional.empty());
  }

  private static Passage beyondClient(Facts facts, List<SeenIkeMessage> requests, boolean init) {
    Citation left =
        Cite.packet(
            requests.get(0),
            "%d requests to UDP port %d of %s left and none was answered"
                .formatted(
                    requests.size(),
                    requests.get(0).datagram().destinationPort(),
                    requests.get(0).datagram().destination()));
    Optional<IcmpError> refusal = refusalOf(facts, requests.get(0));
    if (refusal.isPresent()) {
      IcmpError error = refusal.get();
      return new Passage(
          Fate.REFUSED, List.of(left, Cite.packet(error.packet(), error.describe())), refusal);
    }
    if (!facts.administrator()) {
      return of(Fate.SILENCE, left);
    }
    String server = facts.vpnServer();
    List<SeenIkeMessage> arrived = facts.ike().requestsArrivedAt(server, init);
    List<SeenIkeMessage> answers = facts.ike().answersSentBy(server, init);
    if (!answers.isEmpty()) {
      return of(Fate.ANSWER_LOST, left, Cite.packet(answers.get(0), "the answer left the server"));
    }
    return arrived.isEmpty()
        ? of(Fate.LOST_BEFORE_SERVER, left, Cite.capture(server, "none of the requests arrived"))
        : of(
            Fate.IGNORED_BY_SERVER,
            left,
            Cite.packet(arrived.get(0), "the request arrived, no answer left"));
  }

  private static Optional<IcmpError> refusalOf(Facts facts, SeenIkeMessage request) {
    return facts.capture().icmpErrors().stream()
        .filter(error -> error.packet().captured().host().equals(facts.client()))
        .filter(error -> error.quotedDestination().equals(request.datagram().destination()))
        .filter(error -> error.quotedDestinationPort() == request.datagram().destinationPort())
        .filter(error -> error.code() != 4) // "fragmentation needed" is advice, not a refusal
        .findFirst();
  }
}
