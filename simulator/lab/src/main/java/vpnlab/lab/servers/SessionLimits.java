package vpnlab.lab.servers;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import vpnlab.lab.host.Machine;
import vpnlab.protocol.ike.IkeEvent;
import vpnlab.wire.radius.AcctTerminateCause;
import vpnlab.wire.radius.RadiusAttributeType;

/**
 * Ends sessions when the time is over that the permission gave them: all in all (Session-Timeout,
 * RFC 2865 section 5.27), or without traffic (Idle-Timeout, section 5.28). Traffic is what crosses
 * the tunnel, either way; IKE's own messages are none.
 */
final class SessionLimits implements SessionObserver {
  private final Machine machine;
  private final Consumer<RemoteSession> disconnect;
  private final Map<RemoteSession, ScheduledFuture<?>> ends = new HashMap<>();
  private final Map<RemoteSession, ScheduledFuture<?>> idle = new HashMap<>();

  SessionLimits(Machine machine, Consumer<RemoteSession> disconnect) {
    this.machine = machine;
    this.disconnect = disconnect;
  }

  @Override
  public void established(RemoteSession session, IkeEvent.Established established) {
    OptionalLong limit = session.granted(RadiusAttributeType.SESSION_TIMEOUT);
    if (limit.isPresent()) {
      Duration whole = Duration.ofSeconds(limit.getAsLong());
      ends.put(session, after(whole, () -> end(session, AcctTerminateCause.SESSION_TIMEOUT)));
    }
    OptionalLong quiet = session.granted(RadiusAttributeType.IDLE_TIMEOUT);
    if (quiet.isPresent()) {
      watch(session, Duration.ofSeconds(quiet.getAsLong()), Duration.ofSeconds(quiet.getAsLong()));
    }
  }

  private void watch(RemoteSession session, Duration limit, Duration delay) {
    idle.put(session, after(delay, () -> look(session, limit)));
  }

  private void look(RemoteSession session, Duration limit) {
    Instant last =
        session
            .traffic()
            .map(RemoteSession.Traffic::last)
            .filter(at -> at.isAfter(session.established()))
            .orElse(session.established());
    Duration left = limit.minus(Duration.between(last, machine.now()));
    if (left.isZero() || left.isNegative()) {
      end(session, AcctTerminateCause.IDLE_TIMEOUT);
    } else {
      watch(session, limit, left);
    }
  }

  private void end(RemoteSession session, AcctTerminateCause cause) {
    session.terminateCause(cause);
    disconnect.accept(session);
  }

  private ScheduledFuture<?> after(Duration delay, Runnable task) {
    return machine.network().eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void ended(RemoteSession session) {
    for (Map<RemoteSession, ScheduledFuture<?>> timers : List.of(ends, idle)) {
      ScheduledFuture<?> timer = timers.remove(session);
      if (timer != null) {
        timer.cancel(false);
      }
    }
  }
}
