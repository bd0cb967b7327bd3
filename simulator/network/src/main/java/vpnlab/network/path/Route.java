package vpnlab.network.path;

import vpnlab.wire.ip.Ipv4Address;

/** Where a node hands a packet over. */
record Route(Nic out, Ipv4Address nextHop) {}
