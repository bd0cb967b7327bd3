package vpnlab.lab.servers;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import vpnlab.lab.host.Machine;
import vpnlab.protocol.ike.IkeCommand;
import vpnlab.protocol.ike.IkeEvent;
import vpnlab.protocol.ike.IkeSaId;

/**
 * Asks clients that have been silent for a minute whether they are still there (RFC 7296 section
 * 2.4). IKE repeats the question as long as the network outage time allows, and then ends the
 * session.
 */
final class LivenessWatch implements SessionObserver {
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Machine machine;
  private final Consumer<IkeCommand> ike;
  private final Map<IkeSaId, Instant> heard = new HashMap<>();
  private final Map<IkeSaId, ScheduledFuture<?>> timers = new HashMap<>();

  LivenessWatch(Machine machine, Consumer<IkeCommand> ike) {
    this.machine = machine;
    this.ike = ike;
  }

  @Override
  public void established(RemoteSession session, IkeEvent.Established established) {
    heard.put(session.sa(), machine.now());
    ask(session.sa(), SILENCE);
  }

  /** A message of the client came. */
  void heard(IkeSaId sa) {
    heard.computeIfPresent(sa, (id, before) -> machine.now());
  }

  private void ask(IkeSaId sa, Duration after) {
    timers.put(
        sa,
        machine
            .network()
            .eventLoop()
            .schedule(() -> look(sa), after.toNanos(), TimeUnit.NANOSECONDS));
  }

  private void look(IkeSaId sa) {
    Duration silent = Duration.between(heard.get(sa), machine.now());
    if (silent.compareTo(SILENCE) < 0) {
      ask(sa, SILENCE.minus(silent));
    } else {
      ike.accept(new IkeCommand.CheckLiveness(sa));
      timers.remove(sa);
    }
  }

  /** The client has answered; silence begins anew. */
  void alive(IkeSaId sa) {
    if (heard.containsKey(sa) && !timers.containsKey(sa)) {
      ask(sa, SILENCE);
    }
  }

  @Override
  public void ended(RemoteSession session) {
    heard.remove(session.sa());
    ScheduledFuture<?> timer = timers.remove(session.sa());
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
