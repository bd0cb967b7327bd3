package vpnlab.lab.host;

import java.time.Instant;
import vpnlab.network.NetworkHost;
import vpnlab.protocol.RandomSource;

/** A Windows computer of the lab: what services and clients on it work with. */
public record Machine(
    NetworkHost network,
    EventLog log,
    CertificateStores stores,
    RandomSource random,
    Observer observer) {
  public String name() {
    return network.name();
  }

  /** By the machine's own clock. */
  public Instant now() {
    return network.clock().instant();
  }

  /** A correlation id such as Windows prints, drawn from the machine's randomness. */
  public String correlationId() {
    String hex = random.octets(16).toHex().toUpperCase(java.util.Locale.ROOT);
    return "{"
        + String.join(
            "-",
            hex.substring(0, 8),
            hex.substring(8, 12),
            hex.substring(12, 16),
            hex.substring(16, 20),
            hex.substring(20))
        + "}";
  }
}
