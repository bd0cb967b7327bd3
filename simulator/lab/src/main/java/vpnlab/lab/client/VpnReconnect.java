package vpnlab.lab.client;

import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import vpnlab.lab.host.Machine;
import vpnlab.protocol.ike.IkeCommand;
import vpnlab.protocol.ike.IkeEvent;

/**
 * VPN Reconnect: keeps a connection over a change of network. The client's computer loses its
 * address, gets another, and tells the server by MOBIKE (RFC 4555), as long as the connection's
 * network outage time has not run out. Without MOBIKE an IKE SA is bound to its addresses (RFC 7296
 * section 2.11): the client can only ask whether the server is still there.
 */
final class VpnReconnect {
  /**
   * What a connection's properties say.
   *
   * @param mobike whether the client offers MOBIKE ("Mobility" in Windows)
   * @param outageTime how long the network may be away
   */
  record Settings(boolean mobike, Duration outageTime) {}

  private final Machine machine;
  private final Duration outageTime;
  private final Consumer<IkeCommand> ike;
  private final Runnable giveUp;
  private IkeEvent.Established connection;
  private InetAddress local;
  private boolean agreed;
  private boolean moving;
  private boolean over;
  private Optional<ScheduledFuture<?>> limit = Optional.empty();

  /**
   * @param giveUp called when the outage has lasted too long
   */
  VpnReconnect(Machine machine, Duration outageTime, Consumer<IkeCommand> ike, Runnable giveUp) {
    this.machine = machine;
    this.outageTime = outageTime;
    this.ike = ike;
    this.giveUp = giveUp;
  }

  /** Whether a change of network is under way and has not yet come to a good or bad end. */
  boolean moving() {
    return moving && !over;
  }

  void hear(IkeEvent event) {
    if (event instanceof IkeEvent.Established established) {
      connection = established;
      machine.network().onInterfaces(this::interfacesChanged);
    } else if (event instanceof IkeEvent.PathChanged changed) {
      local = changed.local().getAddress();
    } else if (event instanceof IkeEvent.MobikeAgreed) {
      agreed = true;
    } else if (event instanceof IkeEvent.AddressesUpdated || event instanceof IkeEvent.Alive) {
      arrived();
    } else if (event instanceof IkeEvent.AddressesRefused) {
      stop();
      giveUp.run();
    }
  }

  private void interfacesChanged() {
    List<InetAddress> present = machine.network().interfaceAddresses();
    if (over || connection == null || !moving && present.contains(local)) {
      return;
    }
    if (!moving) {
      moving = true;
      begin();
    }
    if (agreed && !present.isEmpty()) {
      InetAddress next = machine.network().sourceFor(connection.remote().getAddress());
      ike.accept(
          new IkeCommand.MoveTo(connection.saId(), present.contains(next) ? next : present.get(0)));
    }
  }

  /** With MOBIKE there is time; without, a question that repeats itself as any IKE request. */
  private void begin() {
    if (!agreed) {
      ike.accept(new IkeCommand.CheckLiveness(connection.saId()));
      return;
    }
    limit =
        Optional.of(
            machine
                .network()
                .eventLoop()
                .schedule(this::tooLong, outageTime.toNanos(), TimeUnit.NANOSECONDS));
  }

  private void tooLong() {
    if (!over) {
      stop();
      giveUp.run();
    }
  }

  private void arrived() {
    if (moving && machine.network().interfaceAddresses().contains(local)) {
      moving = false;
      limit.ifPresent(timer -> timer.cancel(false));
    }
  }

  /** The connection has ended, one way or another. */
  void stop() {
    over = true;
    limit.ifPresent(timer -> timer.cancel(false));
  }
}
