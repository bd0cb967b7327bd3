package vpnlab.network;

import java.util.HashMap;
import java.util.Map;
import vpnlab.wire.ip.Ipv4Address;

/**
 * Which loopback address stands for which address of the lab. Linux routes all of 127.0.0.0/8;
 * ports are the kernel's choice, so networks side by side do not meet.
 */
final class LoopbackAddresses {
  private static final Ipv4Address FIRST = Ipv4Address.parse("127.64.0.1");

  private final Map<Ipv4Address, Ipv4Address> known = new HashMap<>();

  Ipv4Address of(Ipv4Address lab) {
    return known.computeIfAbsent(
        lab, address -> new Ipv4Address(FIRST.bits() + known.size() % 0x3fffff));
  }
}
