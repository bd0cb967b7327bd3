package vpnlab.protocol;

import java.net.InetSocketAddress;
import vpnlab.wire.Octets;

/** What can happen to an {@link Endpoint}. */
public sealed interface Input {
  /** A datagram arrived at {@code local} from {@code remote}, as the receiving host sees them. */
  record DatagramReceived(InetSocketAddress local, InetSocketAddress remote, Octets payload)
      implements Input {}

  /** A timer set by {@link Output.SetTimer} has run out. */
  record TimerFired(TimerId timer) implements Input {}

  /** The owner of the endpoint wants something. */
  record Command(ProtocolCommand command) implements Input {}
}
