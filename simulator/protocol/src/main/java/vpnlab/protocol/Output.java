package vpnlab.protocol;

import java.net.InetSocketAddress;
import java.time.Duration;
import vpnlab.wire.Octets;

/**
 * What an {@link Endpoint} wants done. {@link #carryOut} makes the compiler prove that every {@link
 * Carrier} handles every kind.
 */
public sealed interface Output {
  void carryOut(Carrier carrier);

  /** Send {@code payload} from the port of {@code local} to {@code remote}. */
  record Transmit(InetSocketAddress local, InetSocketAddress remote, Octets payload)
      implements Output {
    @Override
    public void carryOut(Carrier carrier) {
      carrier.transmit(this);
    }
  }

  /** (Re)start a timer; one of the same id that still runs is replaced. */
  record SetTimer(TimerId timer, Duration after) implements Output {
    @Override
    public void carryOut(Carrier carrier) {
      carrier.setTimer(this);
    }
  }

  /** Stop a timer; nothing happens when it does not run. */
  record CancelTimer(TimerId timer) implements Output {
    @Override
    public void carryOut(Carrier carrier) {
      carrier.cancelTimer(this);
    }
  }

  /** Tell the owner of the endpoint. */
  record Notify(ProtocolEvent event) implements Output {
    @Override
    public void carryOut(Carrier carrier) {
      carrier.notify(this);
    }
  }
}
