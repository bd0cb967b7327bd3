package vpnlab.diagnosis.facts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.EventRecord;

/**
 * How far the client's clock is from true time: what its time service measured, else what the
 * capture (whose times are true) shows about the moment that an event is stamped with.
 */
public final class ClientClock {
  private static final Duration NOTEWORTHY = Duration.ofMinutes(5);

  private final Duration offset;
  private final List<Citation> citations;

  private ClientClock(Duration offset, List<Citation> citations) {
    this.offset = offset;
    this.citations = citations;
  }

  static ClientClock of(List<EventRecord> events, String client, Attempt attempt, IkeTraffic ike) {
    Optional<ClientClock> measured = measured(events, client);
    return measured.orElseGet(() -> fromCapture(attempt, ike));
  }

  /** What the time service says, if it ever said anything readable. */
  static Optional<ClientClock> measured(List<EventRecord> events, String client) {
    return events.stream()
        .filter(event -> event.host().equals(client))
        .filter(event -> event.is(EventLog.TIME_SERVICE, 34) || event.is(EventLog.TIME_SERVICE, 35))
        .filter(event -> event.data("OffsetSeconds").matches("[+-]?[0-9]{1,12}(\\.[0-9]+)?"))
        .reduce((first, second) -> second)
        .map(
            event ->
                new ClientClock(
                    Duration.ofMillis(
                        Math.round(Double.parseDouble(event.data("OffsetSeconds")) * 1000)),
                    List.of(
                        Cite.event(
                            event,
                            "OffsetSeconds = %s (time source %s)"
                                .formatted(
                                    event.data("OffsetSeconds"), event.data("TimeSource"))))));
  }

  private static ClientClock fromCapture(Attempt attempt, IkeTraffic ike) {
    Optional<EventRecord> tried = attempt.linkTried();
    Optional<SeenIkeMessage> first = ike.initRequests().stream().findFirst();
    if (tried.isEmpty() || first.isEmpty()) {
      return new ClientClock(Duration.ZERO, List.of());
    }
    Instant captured = first.get().datagram().at();
    Duration difference = Duration.between(tried.get().at(), captured);
    return difference.abs().compareTo(NOTEWORTHY) < 0
        ? new ClientClock(Duration.ZERO, List.of())
        : new ClientClock(
            difference,
            List.of(
                Cite.event(tried.get(), "written at " + tried.get().at() + " by the host's clock"),
                Cite.packet(first.get(), "captured at " + captured)));
  }

  /** True time minus the client's. */
  public Duration offset() {
    return offset;
  }

  /** Whether it is off by more than the five minutes that Windows domains tolerate. */
  public boolean wrong() {
    return offset.abs().compareTo(NOTEWORTHY) > 0;
  }

  /** The true time of what the client stamped with {@code clientTime}. */
  public Instant trueTime(Instant clientTime) {
    return clientTime.plus(offset);
  }

  /** The evidence for the offset; empty when there is none and the clock is taken to be right. */
  public List<Citation> citations() {
    return citations;
  }
}
