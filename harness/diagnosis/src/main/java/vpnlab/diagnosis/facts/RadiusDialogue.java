package vpnlab.diagnosis.facts;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.RasError;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusPacket;

/** What passed between RRAS and NPS about this attempt (RFC 2865), and what both logged. */
public final class RadiusDialogue {
  /** RRAS waits this long at the least before it takes a RADIUS server for silent. */
  private static final Duration SILENCE = Duration.ofSeconds(4);

  /** Names of EAP-TLS: Smart Card or other certificate, in some languages of Windows. */
  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "(?i)smart ?card|[cs]ertifi|zertifikat|\u8a3c\u660e\u66f8|\u8bc1\u4e66|EAP-TLS");

  private final Facts facts;

  RadiusDialogue(Facts facts) {
    this.facts = facts;
  }

  /**
   * NPS denied this user: event 6273, or without any 6272 and 6273 about him the record of NPS's
   * log that says the same, in the form of the event.
   */
  public Optional<EventRecord> denial() {
    return decision(6273);
  }

  private Optional<EventRecord> decision(int id) {
    Optional<EventRecord> event = event(id);
    if (event.isPresent() || event(6272).isPresent() || event(6273).isPresent()) {
      return event;
    }
    return facts.npsLogDecision().filter(decision -> decision.id() == id);
  }

  private Optional<EventRecord> event(int id) {
    return facts
        .events()
        .last(
            facts.policyServer(),
            EventLog.AUDITING,
            id,
            event -> Account.same(event.data("SubjectUserName"), facts.profile().userName()));
  }

  /** Event 6272 for the profile's user: NPS granted access. */
  public Optional<EventRecord> grant() {
    return decision(6272);
  }

  /** The reason code of {@link #denial}; -1 without one. */
  public int reason() {
    return denial()
        .map(event -> event.data("ReasonCode"))
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(Integer::parseInt)
        .orElse(-1);
  }

  /**
   * Whether what {@link #denial} refused was a certificate: by the method that it names in the
   * server's language, else by the profile.
   */
  public boolean deniedCertificate() {
    Optional<String> method =
        denial().map(event -> event.data("EAPType")).filter(type -> type.length() > 1);
    return denial().isPresent()
        && method
            .map(type -> CERTIFICATE.matcher(type).find())
            .orElseGet(() -> facts.profile().authentication().endsWith("eap-tls"));
  }

  /** RemoteAccess 20271 with 930: RRAS got no answer from its RADIUS server. */
  public Optional<EventRecord> timeOut() {
    return facts
        .events()
        .last(
            facts.vpnServer(),
            EventLog.REMOTE_ACCESS,
            20271,
            event ->
                RasError.parse(hex(event.data("ErrorCode")))
                    .filter(error -> error.code() == 930)
                    .isPresent());
  }

  private static String hex(String number) {
    return number.toLowerCase(Locale.ROOT).startsWith("0x") ? number : "0x" + number;
  }

  /**
   * The evidence that the refusal came only after RADIUS had been silent; empty when it did not:
   * RRAS's own word, or seconds of waiting between the client's request and the answer.
   */
  public List<Citation> citeSilence() {
    Optional<EventRecord> timeOut = timeOut();
    if (timeOut.isPresent()) {
      return List.of(Cite.event(timeOut.get(), "ErrorCode = 930: the RADIUS server is silent"));
    }
    if (denial().isPresent() || decision(6272).isPresent()) {
      return List.of();
    }
    Optional<IkeTraffic.Wait> wait = facts.ike().longestWait();
    if (wait.isPresent()) {
      return wait.filter(longest -> longest.duration().compareTo(SILENCE) >= 0)
          .map(longest -> Cite.packet(longest.answer(), waited(longest.duration())))
          .map(List::of)
          .orElse(List.of());
    }
    Optional<EventRecord> proven = facts.attempt().serverProven();
    Optional<EventRecord> failed = facts.attempt().failure();
    if (proven.isEmpty() || failed.isEmpty()) {
      return List.of();
    }
    Duration between = Duration.between(proven.get().at(), failed.get().at());
    return between.compareTo(SILENCE) >= 0
        ? List.of(Cite.event(failed.get(), waited(between)))
        : List.of();
  }

  private static String waited(Duration duration) {
    return String.format(
        Locale.ROOT, "the refusal came %.1f s after the request", duration.toMillis() / 1000.0);
  }

  /** Whether RRAS waited for NPS in vain. */
  public boolean silent() {
    return !citeSilence().isEmpty();
  }

  /** Whether RRAS has asked a RADIUS server at all. */
  public boolean asked() {
    return !requestsSent().isEmpty();
  }

  /** Access-Requests as they left RRAS. */
  public List<Datagram> requestsSent() {
    return captured(facts.vpnServer(), true, 1);
  }

  /** Access-Requests as they arrived at NPS. */
  public List<Datagram> requestsArrived() {
    return captured(facts.policyServer(), false, 1);
  }

  /** Answers as they left NPS. */
  public List<Datagram> answersSent() {
    return captured(facts.policyServer(), true, 2, 3, 11);
  }

  /** Answers as they arrived at RRAS. */
  public List<Datagram> answersArrived() {
    return captured(facts.vpnServer(), false, 2, 3, 11);
  }

  /**
   * The last Access-Accept that RRAS got for the profile's user. An answer to a request that nobody
   * saw may be his.
   */
  public Optional<Datagram> acceptance() {
    return captured(facts.vpnServer(), false, 2).stream()
        .filter(answer -> question(answer).map(this::isOfUser).orElse(true))
        .reduce((first, second) -> second);
  }

  /** What this answers: the last request with its identifier before it (RFC 2865 section 3). */
  private Optional<Datagram> question(Datagram answer) {
    return requestsSent().stream()
        .filter(request -> request.sourcePort() == answer.destinationPort())
        .filter(request -> request.destination().equals(answer.source()))
        .filter(request -> request.payload().at(1) == answer.payload().at(1))
        .filter(request -> !request.at().isAfter(answer.at()))
        .reduce((first, second) -> second);
  }

  private boolean isOfUser(Datagram request) {
    try {
      String name =
          RadiusPacket.decode(request.payload()).text(RadiusAttributeType.USER_NAME).orElse("");
      return Account.same(name, facts.profile().userName());
    } catch (MalformedMessageException unreadable) {
      return true;
    }
  }

  /** Accounting-Requests as they left RRAS. */
  public List<Datagram> accountingSent() {
    return captured(facts.vpnServer(), true, 4);
  }

  /** Accounting-Requests as they arrived at NPS. */
  public List<Datagram> accountingArrived() {
    return captured(facts.policyServer(), false, 4);
  }

  /** Accounting-Responses as they arrived at RRAS. */
  public List<Datagram> accountingAcknowledged() {
    return captured(facts.vpnServer(), false, 5);
  }

  /** Whether it is a port that accounting uses, by what was seen or by convention. */
  public boolean isAccountingPort(int port) {
    return accountingSent().stream().anyMatch(request -> request.destinationPort() == port)
        || Ports.is(port, Ports.RADIUS_ACCOUNTING)
        || Ports.is(port, Ports.OLD_RADIUS_ACCOUNTING);
  }

  private List<Datagram> captured(String host, boolean sent, int... codes) {
    return facts.capture().datagrams().stream()
        .filter(datagram -> datagram.host().equals(host) && datagram.sent() == sent)
        .filter(datagram -> isRadius(datagram, codes))
        .toList();
  }

  /** Code, identifier, and a length that is the datagram's (RFC 2865 section 3). */
  private static boolean isRadius(Datagram datagram, int... codes) {
    var payload = datagram.payload();
    if (payload.size() < 20 || (payload.at(2) << 8 | payload.at(3)) != payload.size()) {
      return false;
    }
    for (int code : codes) {
      if (payload.at(0) == code) {
        return true;
      }
    }
    return false;
  }

  /** The port that RRAS sends its requests to, 1812 when none was seen. */
  public boolean isRadiusPort(int port) {
    return requestsSent().stream().anyMatch(request -> request.destinationPort() == port)
        || Ports.is(port, Ports.RADIUS)
        || Ports.is(port, Ports.OLD_RADIUS);
  }

  /** An ICMP error that RRAS got for its requests. */
  public Optional<IcmpError> refusal() {
    return facts.capture().icmpErrors().stream()
        .filter(error -> error.packet().captured().host().equals(facts.vpnServer()))
        .filter(error -> isRadiusPort(error.quotedDestinationPort()))
        .findFirst();
  }

  /**
   * An ICMP error that means that no RADIUS server is there, as far as NPS's host does not object.
   */
  public Optional<IcmpError> nobodyListens() {
    return refusal().filter(error -> !error.prohibited() && !policyServerRuns());
  }

  /**
   * NPS runs, but on another port than RRAS asks.
   *
   * @param host NPS's host
   */
  public record Mismatch(HostFacts host, int asked, int open) {}

  /** What netstat on NPS's host shows against the port that RRAS asks. */
  public Optional<Mismatch> mismatch() {
    Optional<HostFacts> host = facts.host(facts.policyServer());
    if (host.isEmpty() || requestsSent().isEmpty() || !policyServerRuns()) {
      return Optional.empty();
    }
    int asked = requestsSent().get(0).destinationPort();
    List<Integer> open =
        host.get().listeners().stream()
            .filter(listener -> listener.matches("udp/.*:\\d{1,5}"))
            .map(listener -> Integer.parseInt(listener.substring(listener.lastIndexOf(':') + 1)))
            .filter(this::isRadiusPort)
            .toList();
    return open.isEmpty() || open.contains(asked)
        ? Optional.empty()
        : Optional.of(new Mismatch(host.get(), asked, open.get(0)));
  }

  /** An ICMP error that a filter sent: openly, or in the name of an NPS that does run. */
  public Optional<IcmpError> filtered() {
    return refusal()
        .filter(error -> error.prohibited() || error.portUnreachable() && policyServerRuns())
        .filter(error -> mismatch().isEmpty());
  }

  private boolean policyServerRuns() {
    return facts
        .host(facts.policyServer())
        .map(host -> host.services().getOrDefault("IAS", ""))
        .filter(state -> state.equalsIgnoreCase("Running"))
        .isPresent();
  }

  /** Whether that address is one of RRAS's; true when the evidence does not have its addresses. */
  public boolean isVpnServer(String address) {
    Optional<HostFacts> host = facts.host(facts.vpnServer());
    return host.isEmpty() || address.isBlank() || host.get().addresses().contains(address);
  }
}
