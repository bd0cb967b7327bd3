package vpnlab.network.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import vpnlab.wire.Octets;

/**
 * Between Netty's buffers and octets; always copies, as a kernel does, so that a sender may keep
 * its buffer and a receiver may decrypt in place.
 */
public final class Buffers {
  private Buffers() {}

  public static ByteBuf of(Octets octets) {
    return Unpooled.wrappedBuffer(octets.toArray());
  }

  /** The readable octets; the buffer's indexes stay. */
  public static Octets octets(ByteBuf buffer) {
    return Octets.of(ByteBufUtil.getBytes(buffer));
  }
}
