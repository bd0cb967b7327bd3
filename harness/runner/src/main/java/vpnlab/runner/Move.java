package vpnlab.runner;

import java.time.Duration;
import java.util.Optional;
import vpnlab.lab.Lab;
import vpnlab.lab.spec.SpecReader;
import vpnlab.network.PingReport;
import vpnlab.wire.ip.Ipv4Address;

/**
 * A client that changes its network while it is connected.
 *
 * @param client whose
 * @param to the other segment, or the same
 * @param address the client's there
 * @param outage lab time between the networks
 * @param ping what is pinged all the while; empty for nothing
 */
public record Move(
    String client, String to, Ipv4Address address, Duration outage, Optional<Ipv4Address> ping) {

  static Move of(SpecReader r) {
    return new Move(
        r.requiredText("client"),
        r.requiredText("to"),
        Ipv4Address.parse(r.checkedText("address", "0.0.0.0", Ipv4Address::parse)),
        r.duration("outage", Duration.ofSeconds(5)),
        r.has("ping")
            ? Optional.of(Ipv4Address.parse(r.checkedText("ping", "0.0.0.0", Ipv4Address::parse)))
            : Optional.empty());
  }

  /** Moves the client; what its connection has become. */
  public Lab.Moved in(Lab lab) {
    return lab.move(client, to, address, outage, ping);
  }

  /**
   * What is wrong with the pings of a connection that came through: they may lose what was sent
   * during the outage, and one or two at its edges.
   */
  public Optional<String> judge(Lab.Moved moved) {
    if (moved.pings().isEmpty()) {
      return Optional.empty();
    }
    PingReport pings = moved.pings().get();
    int lost = pings.sent() - pings.received();
    long allowed = outage.dividedBy(Lab.PING_INTERVAL) + 2;
    return lost <= allowed
        ? Optional.empty()
        : Optional.of(
            "%d of %d pings were lost over an outage of %d s in which %d were sent"
                .formatted(lost, pings.sent(), outage.toSeconds(), allowed - 2));
  }

  /** E.g. {@code laptop to home}. */
  @Override
  public String toString() {
    return client + " to " + to;
  }
}
