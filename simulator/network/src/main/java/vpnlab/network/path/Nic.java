package vpnlab.network.path;

import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;

/** A node's interface. */
record Nic(Node node, Link link, Ipv4Address address) {
  /** The hardware address: locally administered, 6 octets. */
  Octets hardware() {
    return Octets.concat(Octets.ofHex("0200"), address.octets());
  }

  @Override
  public String toString() {
    return node.name() + "/" + address;
  }

  /** There is one object per interface. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return address.hashCode();
  }
}
