package vpnlab.lab.servers;

import java.net.Inet4Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import vpnlab.lab.spec.AddressRange;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.wire.ip.Ipv4Address;

/** A static pool of IPv4 addresses; the first free one is handed out. */
public final class AddressPool implements AddressSource {
  private final List<AddressRange> ranges;
  private final Map<Ipv4Address, IkeSaId> leases = new HashMap<>();

  private AddressPool(List<AddressRange> ranges) {
    this.ranges = ranges;
  }

  /** From {@code 10.8.0.10-10.8.0.250}, several such, or the empty text for no address at all. */
  public static AddressPool of(String range) {
    return new AddressPool(range.isBlank() ? List.of() : AddressRange.parseAll(range));
  }

  /** Leases an address to {@code holder}; empty when none is left. */
  public Optional<Inet4Address> lease(IkeSaId holder) {
    for (AddressRange range : ranges) {
      for (Ipv4Address at = range.first(); range.contains(at); at = next(at)) {
        if (leases.putIfAbsent(at, holder) == null) {
          return Optional.of(address(at));
        }
        if (at.equals(range.last())) {
          break;
        }
      }
    }
    return Optional.empty();
  }

  private static Ipv4Address next(Ipv4Address address) {
    return new Ipv4Address(address.bits() + 1);
  }

  @Override
  public void lease(IkeSaId holder, Consumer<Optional<Inet4Address>> answer) {
    answer.accept(lease(holder));
  }

  @Override
  public boolean claim(IkeSaId holder, Inet4Address address) {
    return leases.putIfAbsent(Ipv4Address.of(address), holder) == null;
  }

  @Override
  public Optional<Inet4Address> release(IkeSaId holder) {
    for (Map.Entry<Ipv4Address, IkeSaId> lease : leases.entrySet()) {
      if (lease.getValue().equals(holder)) {
        leases.remove(lease.getKey());
        return Optional.of(address(lease.getKey()));
      }
    }
    return Optional.empty();
  }

  private static Inet4Address address(Ipv4Address address) {
    return (Inet4Address) address.toInetAddress();
  }
}
