package vpnlab.network.path;

import vpnlab.wire.ip.Ipv4Address;

/** A node's interface. */
record Nic(Node node, Link link, Ipv4Address address) {
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
