package vpnlab.network.path;

import vpnlab.wire.ip.IcmpKind;

/** Told when nobody on the segment turns out to have the address. */
@FunctionalInterface
interface Undeliverable {
  void because(IcmpKind kind);
}
