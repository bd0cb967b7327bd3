package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.TrafficSelector;

/**
 * TSi and TSr (RFC 7296 section 2.9).
 *
 * @param initiators behind the end that began the exchange
 */
record Selectors(List<TrafficSelector> initiators, List<TrafficSelector> responders) {
  /** Those of a message; empty unless it has both. */
  static Optional<Selectors> of(IkeMessage message) {
    List<Payload.TrafficSelectors> all = message.all(Payload.TrafficSelectors.class);
    Optional<Payload.TrafficSelectors> i =
        all.stream().filter(Payload.TrafficSelectors::ofInitiator).findFirst();
    Optional<Payload.TrafficSelectors> r = all.stream().filter(ts -> !ts.ofInitiator()).findFirst();
    return i.isPresent() && r.isPresent()
        ? Optional.of(new Selectors(i.get().selectors(), r.get().selectors()))
        : Optional.empty();
  }

  List<Payload> payloads() {
    return List.of(
        new Payload.TrafficSelectors(true, initiators),
        new Payload.TrafficSelectors(false, responders));
  }

  /** The same, as the other end sees it. */
  Selectors swapped() {
    return new Selectors(responders, initiators);
  }

  /**
   * What is both asked for and allowed: of every pair the narrower range where one contains the
   * other.
   */
  static List<TrafficSelector> narrow(List<TrafficSelector> asked, List<TrafficSelector> allowed) {
    return asked.stream()
        .flatMap(
            a ->
                allowed.stream()
                    .filter(b -> a.containsAddressesOf(b) || b.containsAddressesOf(a))
                    .map(b -> narrower(a, b)))
        .distinct()
        .limit(255)
        .toList();
  }

  private static TrafficSelector narrower(TrafficSelector asked, TrafficSelector allowed) {
    return allowed.containsAddressesOf(asked) ? asked : allowed;
  }
}
