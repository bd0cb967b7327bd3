package vpnlab.diagnosis.facts;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.NotifyType;

/**
 * The IKE messages of the client's attempt, at the client and wherever else they were captured. An
 * attempt is known by the initiator SPIs of the client's own requests, which no NAT changes.
 */
public final class IkeTraffic {
  /** How long the client waited for the answer to one request. */
  public record Wait(SeenIkeMessage request, SeenIkeMessage answer, Duration duration) {}

  private final String client;
  private final List<SeenIkeMessage> messages;

  IkeTraffic(Capture capture, String client) {
    this.client = client;
    List<SeenIkeMessage> all =
        capture.datagrams().stream()
            .map(SeenIkeMessage::parse)
            .flatMap(Optional::stream)
            .collect(Collectors.toList());
    Set<IkeSpi> spis =
        all.stream()
            .filter(message -> message.datagram().host().equals(client))
            .filter(message -> message.datagram().sent() && message.initExchange())
            .map(SeenIkeMessage::initiatorSpi)
            .collect(Collectors.toSet());
    this.messages = all.stream().filter(m -> spis.contains(m.initiatorSpi())).toList();
  }

  private List<SeenIkeMessage> atClient(Predicate<SeenIkeMessage> filter) {
    return messages.stream()
        .filter(m -> m.datagram().host().equals(client))
        .filter(filter)
        .toList();
  }

  /** IKE_SA_INIT requests that left the client, retransmissions included. */
  public List<SeenIkeMessage> initRequests() {
    return atClient(m -> m.initExchange() && !m.response() && m.datagram().sent());
  }

  /** IKE_SA_INIT answers that reached the client. */
  public List<SeenIkeMessage> initAnswers() {
    return atClient(m -> m.initExchange() && m.response() && m.datagram().received());
  }

  /** Requests of all later exchanges that left the client. */
  public List<SeenIkeMessage> laterRequests() {
    return atClient(m -> !m.initExchange() && !m.response() && m.datagram().sent());
  }

  /** Answers of all later exchanges that reached the client. */
  public List<SeenIkeMessage> laterAnswers() {
    return atClient(m -> !m.initExchange() && m.response() && m.datagram().received());
  }

  /** The client's requests as they reached that host. */
  public List<SeenIkeMessage> requestsArrivedAt(String host, boolean initExchange) {
    return elsewhere(host, initExchange, m -> !m.response() && m.datagram().received());
  }

  /** Answers to the client as they left that host. */
  public List<SeenIkeMessage> answersSentBy(String host, boolean initExchange) {
    return elsewhere(host, initExchange, m -> m.response() && m.datagram().sent());
  }

  private List<SeenIkeMessage> elsewhere(
      String host, boolean initExchange, Predicate<SeenIkeMessage> filter) {
    return messages.stream()
        .filter(m -> m.datagram().host().equals(host) && m.initExchange() == initExchange)
        .filter(filter)
        .toList();
  }

  /** The address that the client sent its first request to. */
  public Optional<String> serverAddress() {
    return initRequests().stream().findFirst().map(m -> m.datagram().destination());
  }

  /** The port of IKE as this attempt used it; 500 when no request was seen. */
  public int ikePort() {
    return initRequests().stream().findFirst().map(m -> m.datagram().destinationPort()).orElse(500);
  }

  /** The port that the client moved to after IKE_SA_INIT; 4500 when it did not come so far. */
  public int natTPort() {
    return laterRequests().stream()
        .findFirst()
        .map(m -> m.datagram().destinationPort())
        .orElse(4500);
  }

  /** The last IKE_SA_INIT answer with that notification. */
  public Optional<SeenIkeMessage> initAnswerWith(NotifyType notifyType) {
    return initAnswers().stream()
        .filter(m -> !m.notifications(notifyType).isEmpty())
        .reduce((first, second) -> second);
  }

  /**
   * An IKE_SA_INIT answer whose NAT_DETECTION_SOURCE_IP does not fit the address and port that it
   * came from: the server is behind a NAT (RFC 7296 section 2.23).
   */
  public Optional<SeenIkeMessage> proofOfNatBeforeServer() {
    return initAnswers().stream().filter(IkeTraffic::sourceWasTranslated).findFirst();
  }

  private static boolean sourceWasTranslated(SeenIkeMessage answer) {
    List<Octets> hashes = answer.notifications(NotifyType.NAT_DETECTION_SOURCE_IP);
    Octets expected =
        natDetectionHash(
            answer.initiatorSpi(),
            answer.responderSpi(),
            answer.datagram().source(),
            answer.datagram().sourcePort());
    return !hashes.isEmpty() && !hashes.contains(expected);
  }

  /** SHA-1 of SPIs, address and port (RFC 7296 section 2.23). */
  public static Octets natDetectionHash(
      IkeSpi initiatorSpi, IkeSpi responderSpi, String address, int port) {
    OctetWriter out = new OctetWriter().u64(initiatorSpi.value()).u64(responderSpi.value());
    for (String part : address.split("\\.")) {
      out.u8(Integer.parseInt(part));
    }
    return sha1(out.u16(port).toOctets());
  }

  static Octets sha1(Octets octets) {
    try {
      return Octets.of(MessageDigest.getInstance("SHA-1").digest(octets.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** The exchange after IKE_SA_INIT whose answer took longest after the first request. */
  public Optional<Wait> longestWait() {
    Map<Long, SeenIkeMessage> firstRequests = new LinkedHashMap<>();
    laterRequests().forEach(request -> firstRequests.putIfAbsent(request.messageId(), request));
    Map<Long, SeenIkeMessage> firstAnswers = new LinkedHashMap<>();
    laterAnswers().forEach(answer -> firstAnswers.putIfAbsent(answer.messageId(), answer));
    return firstAnswers.entrySet().stream()
        .filter(entry -> firstRequests.containsKey(entry.getKey()))
        .map(entry -> wait(firstRequests.get(entry.getKey()), entry.getValue()))
        .max((a, b) -> a.duration().compareTo(b.duration()));
  }

  private static Wait wait(SeenIkeMessage request, SeenIkeMessage answer) {
    return new Wait(
        request, answer, Duration.between(request.datagram().at(), answer.datagram().at()));
  }
}
