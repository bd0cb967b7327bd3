package vpnlab.lab.servers;

import java.net.Inet4Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import vpnlab.lab.spec.AddressRange;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.wire.ip.Ipv4Address;

/** A static pool of IPv4 addresses; the lowest free one is handed out. */
public final class AddressPool implements AddressSource {
  private final long first;
  private final long last;
  private final Map<Long, IkeSaId> leases = new HashMap<>();

  private AddressPool(long first, long last) {
    this.first = first;
    this.last = last;
  }

  /** From {@code 10.8.0.10-10.8.0.250}, or without any address from the empty text. */
  public static AddressPool of(String range) {
    if (range.isBlank()) {
      return new AddressPool(1, 0);
    }
    AddressRange parsed = AddressRange.parse(range);
    return new AddressPool(
        Integer.toUnsignedLong(parsed.first().bits()),
        Integer.toUnsignedLong(parsed.last().bits()));
  }

  /** Leases an address to {@code holder}; empty when none is left. */
  public Optional<Inet4Address> lease(IkeSaId holder) {
    for (long address = first; address <= last; address++) {
      if (leases.putIfAbsent(address, holder) == null) {
        return Optional.of(address(address));
      }
    }
    return Optional.empty();
  }

  @Override
  public void lease(IkeSaId holder, Consumer<Optional<Inet4Address>> answer) {
    answer.accept(lease(holder));
  }

  @Override
  public Optional<Inet4Address> release(IkeSaId holder) {
    for (Map.Entry<Long, IkeSaId> lease : leases.entrySet()) {
      if (lease.getValue().equals(holder)) {
        leases.remove(lease.getKey());
        return Optional.of(address(lease.getKey()));
      }
    }
    return Optional.empty();
  }

  private static Inet4Address address(long number) {
    return (Inet4Address) new Ipv4Address((int) number).toInetAddress();
  }
}
