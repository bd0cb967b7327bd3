package vpnlab.protocol.dhcp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;

/** Who has which address of a server (RFC 2131 section 2.1). */
final class DhcpBindings {
  /** An offer that is not taken up is free again after this. */
  private static final Duration OFFER = Duration.ofSeconds(60);

  /**
   * @param client its key; empty for an address that was declined
   * @param taken false while the address is only offered
   */
  record Binding(Octets client, Instant until, boolean taken) {}

  private final Map<Ipv4Address, Binding> bindings = new TreeMap<>();

  /** Forgets what has run out and returns the leases among it. */
  Map<Ipv4Address, Octets> expire(Instant now) {
    Map<Ipv4Address, Octets> expired = new TreeMap<>();
    List<Ipv4Address> over = new ArrayList<>();
    bindings.forEach(
        (address, binding) -> {
          if (!now.isBefore(binding.until())) {
            over.add(address);
            if (binding.taken() && !binding.client().isEmpty()) {
              expired.put(address, binding.client());
            }
          }
        });
    over.forEach(bindings::remove);
    return expired;
  }

  /**
   * Reserves an address for a client: the one that it has, else the one that it wants, else the
   * lowest that is free (RFC 2131 section 4.3.1).
   */
  Optional<Ipv4Address> offer(
      DhcpScope scope, Octets client, Optional<Ipv4Address> wanted, Instant now) {
    Optional<Ipv4Address> held = heldBy(client).filter(scope::offers);
    if (held.isPresent()) {
      return held;
    }
    Optional<Ipv4Address> free =
        wanted
            .filter(scope::offers)
            .filter(address -> !bindings.containsKey(address))
            .or(() -> lowestFree(scope));
    free.ifPresent(address -> bindings.put(address, new Binding(client, now.plus(OFFER), false)));
    return free;
  }

  private Optional<Ipv4Address> lowestFree(DhcpScope scope) {
    Ipv4Address address = scope.first();
    while (address.compareTo(scope.last()) <= 0) {
      if (scope.offers(address) && !bindings.containsKey(address)) {
        return Optional.of(address);
      }
      if (address.equals(scope.last())) {
        break;
      }
      address = new Ipv4Address(address.bits() + 1);
    }
    return Optional.empty();
  }

  Optional<Ipv4Address> heldBy(Octets client) {
    return bindings.entrySet().stream()
        .filter(entry -> entry.getValue().client().equals(client))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  Optional<Binding> at(Ipv4Address address) {
    return Optional.ofNullable(bindings.get(address));
  }

  boolean isHeldBy(Ipv4Address address, Octets client) {
    return at(address).map(binding -> binding.client().equals(client)).orElse(false);
  }

  /** Returns whether the client had a lease of this address already. */
  boolean lease(Ipv4Address address, Octets client, Instant until) {
    Binding before = bindings.put(address, new Binding(client, until, true));
    return before != null && before.taken();
  }

  /** Keeps an address from everybody until then. */
  void block(Ipv4Address address, Instant until) {
    bindings.put(address, new Binding(Octets.EMPTY, until, true));
  }

  void free(Ipv4Address address) {
    bindings.remove(address);
  }
}
