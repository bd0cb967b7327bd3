package vpnlab.protocol;

import java.time.Instant;
import java.util.List;

/**
 * One end of a protocol, without sockets, threads, clocks or randomness of its own: time comes in
 * with the call, and all effects go out as a list.
 */
public interface Endpoint {
  /**
   * Takes one input and returns everything that follows from it, in order.
   *
   * @param now the host's own clock
   */
  List<Output> handle(Instant now, Input input);
}
