package vpnlab.lab.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;
import vpnlab.wire.radius.PacketFilters;

/**
 * The settings of a network policy: what goes to the RADIUS client with the permission.
 *
 * @param encryption {@code none}, {@code basic} (40 bits), {@code strong} (56 bits), {@code
 *     strongest} (128 bits); with {@code none} encryption is allowed, without it required
 * @param framedAddress for the client; empty: the RADIUS client chooses
 * @param framedRoutes as RFC 2865, section 5.22 writes them
 * @param interimInterval between Interim-Updates; zero: the RADIUS client's own choice
 * @param filters packet filters
 */
public record PolicySettings(
    List<String> encryption,
    Optional<Ipv4Address> framedAddress,
    List<String> framedRoutes,
    Duration interimInterval,
    PacketFilters filters) {
  private static final List<String> ENCRYPTION = List.of("none", "basic", "strong", "strongest");

  static PolicySettings of(SpecReader r) {
    List<String> encryption =
        r.has("encryption")
            ? r.checkedTexts("encryption", PolicySettings::checkEncryption)
            : ENCRYPTION;
    return new PolicySettings(
        encryption,
        r.parsed("framedAddress", Ipv4Address::parse),
        r.texts("framedRoutes"),
        r.seconds("interimInterval"),
        r.map(
            "filters",
            filters ->
                new PacketFilters(direction(filters, "input"), direction(filters, "output"))));
  }

  private static void checkEncryption(String text) {
    if (!ENCRYPTION.contains(text)) {
      throw new IllegalArgumentException(Nearest.suggestion(text, ENCRYPTION));
    }
  }

  private static Optional<PacketFilters.Direction> direction(SpecReader r, String key) {
    if (!r.has(key)) {
      return Optional.empty();
    }
    return Optional.of(
        r.map(
            key,
            inner ->
                new PacketFilters.Direction(
                    inner
                        .oneOf("action", "permit-listed", List.of("permit-listed", "drop-listed"))
                        .equals("permit-listed"),
                    inner.list("packets", PolicySettings::filter))));
  }

  private static PacketFilters.Filter filter(SpecReader r) {
    Optional<Ipv4Network> source = r.parsed("from", Ipv4Network::parse);
    Optional<Ipv4Network> destination = r.parsed("to", Ipv4Network::parse);
    List<String> protocols = new ArrayList<>(List.of("any", "icmp", "tcp", "udp"));
    String protocol = r.oneOf("protocol", "any", protocols);
    return new PacketFilters.Filter(
        address(source),
        mask(source),
        address(destination),
        mask(destination),
        switch (protocol) {
          case "icmp" -> IpProtocol.ICMP.number();
          case "tcp" -> IpProtocol.TCP.number();
          case "udp" -> IpProtocol.UDP.number();
          default -> 0;
        },
        r.integer("fromPort", 0, 0, 65535),
        r.integer("toPort", 0, 0, 65535));
  }

  private static Octets address(Optional<Ipv4Network> network) {
    return number(network.map(each -> each.prefix().bits()).orElse(0));
  }

  private static Octets mask(Optional<Ipv4Network> network) {
    int length = network.map(Ipv4Network::length).orElse(0);
    return number(length == 0 ? 0 : -1 << (32 - length));
  }

  private static Octets number(int bits) {
    return Octets.of((byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits);
  }
}
