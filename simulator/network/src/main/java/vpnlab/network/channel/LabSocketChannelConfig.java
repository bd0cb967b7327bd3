package vpnlab.network.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;

/**
 * Socket options are taken and have no effect: there is no kernel below. Only half closure is
 * heeded.
 */
final class LabSocketChannelConfig extends DefaultChannelConfig implements SocketChannelConfig {
  private boolean halfClosure;

  LabSocketChannelConfig(Channel channel) {
    super(channel);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T getOption(ChannelOption<T> option) {
    return option == ChannelOption.ALLOW_HALF_CLOSURE
        ? (T) Boolean.valueOf(halfClosure)
        : super.getOption(option);
  }

  @Override
  public <T> boolean setOption(ChannelOption<T> option, T value) {
    if (option == ChannelOption.ALLOW_HALF_CLOSURE) {
      halfClosure = (Boolean) value;
    } else {
      super.setOption(option, value);
    }
    return true;
  }

  @Override
  public boolean isAllowHalfClosure() {
    return halfClosure;
  }

  @Override
  public LabSocketChannelConfig setAllowHalfClosure(boolean value) {
    halfClosure = value;
    return this;
  }

  @Override
  public boolean isTcpNoDelay() {
    return true;
  }

  @Override
  public LabSocketChannelConfig setTcpNoDelay(boolean value) {
    return this;
  }

  @Override
  public int getSoLinger() {
    return -1;
  }

  @Override
  public LabSocketChannelConfig setSoLinger(int value) {
    return this;
  }

  @Override
  public int getSendBufferSize() {
    return 65536;
  }

  @Override
  public LabSocketChannelConfig setSendBufferSize(int value) {
    return this;
  }

  @Override
  public int getReceiveBufferSize() {
    return 65536;
  }

  @Override
  public LabSocketChannelConfig setReceiveBufferSize(int value) {
    return this;
  }

  @Override
  public boolean isKeepAlive() {
    return false;
  }

  @Override
  public LabSocketChannelConfig setKeepAlive(boolean value) {
    return this;
  }

  @Override
  public int getTrafficClass() {
    return 0;
  }

  @Override
  public LabSocketChannelConfig setTrafficClass(int value) {
    return this;
  }

  @Override
  public boolean isReuseAddress() {
    return false;
  }

  @Override
  public LabSocketChannelConfig setReuseAddress(boolean value) {
    return this;
  }

  @Override
  @Deprecated
  public LabSocketChannelConfig setMaxMessagesPerRead(int value) {
    super.setMaxMessagesPerRead(value);
    return this;
  }

  @Override
  public LabSocketChannelConfig setWriteSpinCount(int value) {
    super.setWriteSpinCount(value);
    return this;
  }

  @Override
  public LabSocketChannelConfig setConnectTimeoutMillis(int value) {
    super.setConnectTimeoutMillis(value);
    return this;
  }

  @Override
  public LabSocketChannelConfig setAllocator(ByteBufAllocator value) {
    super.setAllocator(value);
    return this;
  }

  @Override
  public LabSocketChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator value) {
    super.setRecvByteBufAllocator(value);
    return this;
  }

  @Override
  public LabSocketChannelConfig setAutoRead(boolean value) {
    super.setAutoRead(value);
    return this;
  }

  @Override
  public LabSocketChannelConfig setAutoClose(boolean value) {
    super.setAutoClose(value);
    return this;
  }

  @Override
  public LabSocketChannelConfig setMessageSizeEstimator(MessageSizeEstimator value) {
    super.setMessageSizeEstimator(value);
    return this;
  }

  @Override
  public LabSocketChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark value) {
    super.setWriteBufferWaterMark(value);
    return this;
  }

  @Override
  public LabSocketChannelConfig setPerformancePreferences(int time, int latency, int bandwidth) {
    return this;
  }
}
