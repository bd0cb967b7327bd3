package vpnlab.network.topology;

import java.util.Optional;
import java.util.OptionalInt;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;

/**
 * Port forwarding: what is sent to a public address of the router goes to an inner one.
 *
 * @param protocol empty means any
 * @param publicPort empty means any; the port is then kept
 * @param innerPort empty keeps the port
 */
public record DestinationNat(
    Ipv4Address publicAddress,
    Optional<IpProtocol> protocol,
    OptionalInt publicPort,
    Ipv4Address innerAddress,
    OptionalInt innerPort) {
  /** Everything that is sent to one address goes to another. */
  public static DestinationNat of(String publicAddress, String innerAddress) {
    return new DestinationNat(
        Ipv4Address.parse(publicAddress),
        Optional.empty(),
        OptionalInt.empty(),
        Ipv4Address.parse(innerAddress),
        OptionalInt.empty());
  }

  /** One port of one protocol. */
  public static DestinationNat of(
      String publicAddress, IpProtocol protocol, int port, String innerAddress, int innerPort) {
    return new DestinationNat(
        Ipv4Address.parse(publicAddress),
        Optional.of(protocol),
        OptionalInt.of(port),
        Ipv4Address.parse(innerAddress),
        OptionalInt.of(innerPort));
  }
}
