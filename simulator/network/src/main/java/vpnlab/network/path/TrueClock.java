package vpnlab.network.path;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The time of the network, which no host's wrong clock changes. */
final class TrueClock extends Clock {
  private final Fabric fabric;
  private final ZoneId zone;

  TrueClock(Fabric fabric, ZoneId zone) {
    this.fabric = fabric;
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new TrueClock(fabric, other);
  }

  @Override
  public Instant instant() {
    return fabric.now();
  }
}
