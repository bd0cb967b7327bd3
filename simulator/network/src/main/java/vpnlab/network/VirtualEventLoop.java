package vpnlab.network;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;

/** An event loop without I/O that its owner drives and that tells when its next timer is due. */
final class VirtualEventLoop extends ManualIoEventLoop {
  VirtualEventLoop(Thread owner, VirtualTicker ticker) {
    super(null, owner, loop -> new NoIo(), ticker);
  }

  /** Nanoseconds of the ticker, or -1 when no timer runs. */
  long nextTimer() {
    return nextScheduledTaskDeadlineNanos();
  }

  private static final class NoIo implements IoHandler {
    @Override
    public int run(IoHandlerContext context) {
      return 0;
    }

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException("a virtual network has no selector");
    }

    @Override
    public void wakeup() {}

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return false;
    }
  }
}
