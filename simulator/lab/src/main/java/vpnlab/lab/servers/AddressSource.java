package vpnlab.lab.servers;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.wire.ip.Ipv4Address;

/** Where RRAS gets the inner addresses from that it hands to clients. */
public interface AddressSource {
  /**
   * Asks for an address. The answer may come at once or later, on the lab's thread; empty when none
   * is to be had.
   */
  void lease(IkeSaId holder, Consumer<Optional<Inet4Address>> answer);

  /**
   * Notes that {@code holder} has an address that was decided elsewhere, so that nobody else gets
   * it; false when it is taken. Of no concern to a source that does not own its addresses.
   */
  default boolean claim(IkeSaId holder, Inet4Address address) {
    return true;
  }

  /** Takes back what {@code holder} has; empty when it has nothing. */
  Optional<Inet4Address> release(IkeSaId holder);

  /** Name servers that came with the addresses; a static pool has none. */
  default List<Ipv4Address> nameServers() {
    return List.of();
  }
}
