package vpnlab.network.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannelConfig;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** Socket options are taken and have no effect: there is no kernel below. */
final class LabDatagramChannelConfig extends DefaultChannelConfig implements DatagramChannelConfig {

  LabDatagramChannelConfig(Channel channel) {
    super(channel, new FixedRecvByteBufAllocator(2048));
  }

  @Override
  public <T> boolean setOption(ChannelOption<T> option, T value) {
    super.setOption(option, value);
    return true;
  }

  @Override
  public int getSendBufferSize() {
    return 65536;
  }

  @Override
  public LabDatagramChannelConfig setSendBufferSize(int value) {
    return this;
  }

  @Override
  public int getReceiveBufferSize() {
    return 65536;
  }

  @Override
  public LabDatagramChannelConfig setReceiveBufferSize(int value) {
    return this;
  }

  @Override
  public int getTrafficClass() {
    return 0;
  }

  @Override
  public LabDatagramChannelConfig setTrafficClass(int value) {
    return this;
  }

  @Override
  public boolean isReuseAddress() {
    return false;
  }

  @Override
  public LabDatagramChannelConfig setReuseAddress(boolean value) {
    return this;
  }

  @Override
  public boolean isBroadcast() {
    return false;
  }

  @Override
  public LabDatagramChannelConfig setBroadcast(boolean value) {
    return this;
  }

  @Override
  public boolean isLoopbackModeDisabled() {
    return true;
  }

  @Override
  public LabDatagramChannelConfig setLoopbackModeDisabled(boolean value) {
    return this;
  }

  @Override
  public int getTimeToLive() {
    return 64;
  }

  @Override
  public LabDatagramChannelConfig setTimeToLive(int value) {
    return this;
  }

  @Override
  public InetAddress getInterface() {
    return null;
  }

  @Override
  public LabDatagramChannelConfig setInterface(InetAddress value) {
    return this;
  }

  @Override
  public NetworkInterface getNetworkInterface() {
    return null;
  }

  @Override
  public LabDatagramChannelConfig setNetworkInterface(NetworkInterface value) {
    return this;
  }

  @Override
  @Deprecated
  public LabDatagramChannelConfig setMaxMessagesPerRead(int value) {
    super.setMaxMessagesPerRead(value);
    return this;
  }

  @Override
  public LabDatagramChannelConfig setWriteSpinCount(int value) {
    super.setWriteSpinCount(value);
    return this;
  }

  @Override
  public LabDatagramChannelConfig setConnectTimeoutMillis(int value) {
    super.setConnectTimeoutMillis(value);
    return this;
  }

  @Override
  public LabDatagramChannelConfig setAllocator(ByteBufAllocator value) {
    super.setAllocator(value);
    return this;
  }

  @Override
  public LabDatagramChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator value) {
    super.setRecvByteBufAllocator(value);
    return this;
  }

  @Override
  public LabDatagramChannelConfig setAutoRead(boolean value) {
    super.setAutoRead(value);
    return this;
  }

  @Override
  public LabDatagramChannelConfig setAutoClose(boolean value) {
    super.setAutoClose(value);
    return this;
  }

  @Override
  public LabDatagramChannelConfig setMessageSizeEstimator(MessageSizeEstimator value) {
    super.setMessageSizeEstimator(value);
    return this;
  }

  @Override
  public LabDatagramChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark value) {
    super.setWriteBufferWaterMark(value);
    return this;
  }
}
