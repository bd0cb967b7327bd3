package vpnlab.network.channel;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramChannelConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import vpnlab.network.path.HostNode;

/**
 * The part of Netty's {@link DatagramChannel} that the lab does not offer: every group is refused.
 */
abstract class MulticastlessChannel extends InMemoryChannel implements DatagramChannel {
  private final DatagramChannelConfig config = new LabDatagramChannelConfig(this);

  MulticastlessChannel(HostNode host) {
    super(host, null);
  }

  @Override
  public DatagramChannelConfig config() {
    return config;
  }

  @Override
  public boolean isConnected() {
    return remote != null;
  }

  private static ChannelFuture refuse(ChannelPromise promise) {
    return promise.setFailure(new UnsupportedOperationException("the lab has no multicast"));
  }

  @Override
  public ChannelFuture joinGroup(InetAddress group) {
    return refuse(newPromise());
  }

  @Override
  public ChannelFuture joinGroup(InetAddress group, ChannelPromise promise) {
    return refuse(promise);
  }

  @Override
  public ChannelFuture joinGroup(InetSocketAddress group, NetworkInterface on) {
    return refuse(newPromise());
  }

  @Override
  public ChannelFuture joinGroup(
      InetSocketAddress group, NetworkInterface on, ChannelPromise promise) {
    return refuse(promise);
  }

  @Override
  public ChannelFuture joinGroup(InetAddress group, NetworkInterface on, InetAddress source) {
    return refuse(newPromise());
  }

  @Override
  public ChannelFuture joinGroup(
      InetAddress group, NetworkInterface on, InetAddress source, ChannelPromise promise) {
    return refuse(promise);
  }

  @Override
  public ChannelFuture leaveGroup(InetAddress group) {
    return refuse(newPromise());
  }

  @Override
  public ChannelFuture leaveGroup(InetAddress group, ChannelPromise promise) {
    return refuse(promise);
  }

  @Override
  public ChannelFuture leaveGroup(InetSocketAddress group, NetworkInterface on) {
    return refuse(newPromise());
  }

  @Override
  public ChannelFuture leaveGroup(
      InetSocketAddress group, NetworkInterface on, ChannelPromise promise) {
    return refuse(promise);
  }

  @Override
  public ChannelFuture leaveGroup(InetAddress group, NetworkInterface on, InetAddress source) {
    return refuse(newPromise());
  }

  @Override
  public ChannelFuture leaveGroup(
      InetAddress group, NetworkInterface on, InetAddress source, ChannelPromise promise) {
    return refuse(promise);
  }

  @Override
  public ChannelFuture block(InetAddress group, NetworkInterface on, InetAddress source) {
    return refuse(newPromise());
  }

  @Override
  public ChannelFuture block(
      InetAddress group, NetworkInterface on, InetAddress source, ChannelPromise promise) {
    return refuse(promise);
  }

  @Override
  public ChannelFuture block(InetAddress group, InetAddress source) {
    return refuse(newPromise());
  }

  @Override
  public ChannelFuture block(InetAddress group, InetAddress source, ChannelPromise promise) {
    return refuse(promise);
  }
}
