package vpnlab.network.path;

import java.time.Duration;
import vpnlab.wire.ip.IpProtocol;

/**
 * One conversation through a translator.
 *
 * <p>{@code arriving} is how its first packet came in, {@code inner} is the same with inner
 * addresses on both ends, {@code leaving} is how it went out.
 */
final class NatSession {
  final Flow arriving;
  final Flow inner;
  final Flow leaving;
  private final Duration patience;
  private long lastUsed;

  NatSession(Flow arriving, Flow inner, Flow leaving, Duration udpPatience, long now) {
    this.arriving = arriving;
    this.inner = inner;
    this.leaving = leaving;
    this.patience = patience(arriving.protocol(), udpPatience);
    this.lastUsed = now;
  }

  void touch(long now) {
    lastUsed = now;
  }

  boolean isExpired(long now) {
    return now - lastUsed >= patience.toNanos();
  }

  /** RFC 5382 section 5 for TCP, RFC 5508 section 3.2 for ICMP. */
  private static Duration patience(IpProtocol protocol, Duration udp) {
    if (protocol.equals(IpProtocol.UDP)) {
      return udp;
    }
    if (protocol.equals(IpProtocol.TCP)) {
      return Duration.ofMinutes(124);
    }
    return protocol.equals(IpProtocol.ICMP) ? Duration.ofSeconds(60) : Duration.ofMinutes(10);
  }
}
