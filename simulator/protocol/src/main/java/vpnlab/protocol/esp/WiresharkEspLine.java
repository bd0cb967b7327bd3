package vpnlab.protocol.esp;

import java.util.List;
import vpnlab.protocol.ike.ChildSa;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.TransformType;

/**
 * Writes the keys of a Child SA as Wireshark's table {@code esp_sa} wants them. Addresses are left
 * open: the SPI is enough, and a NAT changes them. Fields that newer versions have behind these
 * (for extended sequence numbers) may be left out.
 */
public final class WiresharkEspLine {
  private WiresharkEspLine() {}

  /** A line for each direction, without its end. */
  public static List<String> of(ChildSa child) {
    return List.of(
        line(child.inboundSpi(), child.suite(), child.inbound()),
        line(child.outboundSpi(), child.suite(), child.outbound()));
  }

  private static String line(long spi, Proposal suite, ChildSa.EspKeys keys) {
    return String.join(
        ",",
        quoted("IPv4"),
        quoted("*"),
        quoted("*"),
        quoted(String.format("0x%08x", spi)),
        quoted(cipher(suite)),
        quoted(key(keys.encryption())),
        quoted(integrity(suite)),
        quoted(key(keys.integrity())));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String key(Octets key) {
    return key.isEmpty() ? "" : "0x" + key.toHex();
  }

  private static String cipher(Proposal suite) {
    return switch (suite.transforms(TransformType.ENCR).get(0).id().number()) {
      case 2 -> "DES-CBC [RFC2405]";
      case 3 -> "TripleDES-CBC [RFC2451]";
      case 12 -> "AES-CBC [RFC3602]";
      case 20 -> "AES-GCM with 16 octet ICV [RFC4106]";
      default -> "NULL";
    };
  }

  private static String integrity(Proposal suite) {
    int number =
        suite.transforms(TransformType.INTEG).stream()
            .mapToInt(transform -> transform.id().number())
            .findFirst()
            .orElse(0);
    return switch (number) {
      case 2 -> "HMAC-SHA-1-96 [RFC2404]";
      case 12 -> "HMAC-SHA-256-128 [RFC4868]";
      case 13 -> "HMAC-SHA-384-192 [RFC4868]";
      default -> "NULL";
    };
  }
}
