package vpnlab.network;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** Nanoseconds that pass only when the network says so. */
final class VirtualTicker implements Ticker {
  private long now;
  private boolean released;

  void advanceTo(long nanos) {
    now = Math.max(now, nanos);
  }

  @Override
  public long initialNanoTime() {
    return 0;
  }

  /** From now on every look at the clock moves it: an event loop that shuts down waits for that. */
  void release() {
    released = true;
  }

  @Override
  public long nanoTime() {
    if (released) {
      now++;
    }
    return now;
  }

  @Override
  public void sleep(long delay, TimeUnit unit) {
    throw new IllegalStateException("nobody can sleep in virtual time; schedule a task instead");
  }
}
