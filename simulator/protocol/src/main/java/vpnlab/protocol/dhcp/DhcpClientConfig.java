package vpnlab.protocol.dhcp;

import java.time.Duration;
import java.util.List;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;

/**
 * How a {@link DhcpClient} asks.
 *
 * @param adapter the address of the interface on which it asks
 * @param hardware that interface's address, 6 octets
 * @param patience how long it waits for an answer to each of its messages; RFC 2131 section 4.1
 *     proposes 4, 8, 16, 32 and 64 seconds
 * @param jitter each wait differs by up to this much; the RFC proposes one second
 * @param vendorClass e.g. {@code MSFT 5.0}; empty for none
 * @param userClass e.g. {@code RRAS.Microsoft}; empty for none
 */
public record DhcpClientConfig(
    Ipv4Address adapter,
    Octets hardware,
    List<Duration> patience,
    Duration jitter,
    String vendorClass,
    String userClass) {
  public DhcpClientConfig {
    patience = List.copyOf(patience);
    if (patience.isEmpty() || patience.stream().anyMatch(wait -> wait.compareTo(jitter) <= 0)) {
      throw new IllegalArgumentException("waits " + patience + " with a jitter of " + jitter);
    }
  }
}
