package vpnlab.network.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ServerSocketChannelConfig;

/** Socket options are taken and have no effect: there is no kernel below. */
final class LabServerSocketChannelConfig extends DefaultChannelConfig
    implements ServerSocketChannelConfig {

  LabServerSocketChannelConfig(Channel channel) {
    super(channel);
  }

  @Override
  public <T> boolean setOption(ChannelOption<T> option, T value) {
    super.setOption(option, value);
    return true;
  }

  @Override
  public int getBacklog() {
    return 128;
  }

  @Override
  public LabServerSocketChannelConfig setBacklog(int value) {
    return this;
  }

  @Override
  public boolean isReuseAddress() {
    return false;
  }

  @Override
  public LabServerSocketChannelConfig setReuseAddress(boolean value) {
    return this;
  }

  @Override
  public int getReceiveBufferSize() {
    return 65536;
  }

  @Override
  public LabServerSocketChannelConfig setReceiveBufferSize(int value) {
    return this;
  }

  @Override
  @Deprecated
  public LabServerSocketChannelConfig setMaxMessagesPerRead(int value) {
    super.setMaxMessagesPerRead(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setWriteSpinCount(int value) {
    super.setWriteSpinCount(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setConnectTimeoutMillis(int value) {
    super.setConnectTimeoutMillis(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setAllocator(ByteBufAllocator value) {
    super.setAllocator(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator value) {
    super.setRecvByteBufAllocator(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setAutoRead(boolean value) {
    super.setAutoRead(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setMessageSizeEstimator(MessageSizeEstimator value) {
    super.setMessageSizeEstimator(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark value) {
    super.setWriteBufferWaterMark(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setWriteBufferHighWaterMark(int value) {
    super.setWriteBufferHighWaterMark(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setWriteBufferLowWaterMark(int value) {
    super.setWriteBufferLowWaterMark(value);
    return this;
  }

  @Override
  public LabServerSocketChannelConfig setPerformancePreferences(
      int time, int latency, int bandwidth) {
    return this;
  }
}
