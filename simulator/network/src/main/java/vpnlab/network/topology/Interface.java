package vpnlab.network.topology;

import vpnlab.wire.ip.Ipv4Address;

/** An address on a segment. */
public record Interface(String segment, Ipv4Address address) {
  public static Interface on(String segment, String address) {
    return new Interface(segment, Ipv4Address.parse(address));
  }
}
