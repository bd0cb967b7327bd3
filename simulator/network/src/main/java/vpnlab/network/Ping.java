package vpnlab.network;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import vpnlab.network.path.Echoes;
import vpnlab.network.path.HostNode;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.Ipv4Address;

/** A series of ICMP echo requests from a host, as the program of that name sends. */
final class Ping implements Echoes.Listener {
  /** What Windows sends: the alphabet without x, y and z, and then from the beginning. */
  private static final String LETTERS = "abcdefghijklmnopqrstuvw";

  private final NetworkHost host;
  private final HostNode node;
  private final PingSettings settings;
  private final InetAddress target;
  private final Promise<PingReport> done;
  private final List<PingReport.Echo> echoes = new ArrayList<>();
  private final long started;
  private final BitSet settled = new BitSet();
  private int identifier;
  private int open;

  private Ping(NetworkHost host, HostNode node, InetAddress target, PingSettings settings) {
    this.host = host;
    this.node = node;
    this.target = target;
    this.settings = settings;
    this.done = host.eventLoop().newPromise();
    this.started = nanos();
  }

  /** To be called on the network's thread. */
  static Future<PingReport> start(
      NetworkHost host, HostNode node, InetAddress target, PingSettings settings) {
    Ping ping = new Ping(host, node, target, settings);
    ping.identifier = node.echoes().open(Ipv4Address.of(target), ping);
    ping.open = settings.count();
    ping.next();
    return ping.done;
  }

  private long nanos() {
    return host.eventLoop().ticker().nanoTime();
  }

  private void next() {
    if (done.isDone()) {
      return;
    }
    int sequence = echoes.size();
    echoes.add(
        new PingReport.Echo(
            Duration.ofNanos(nanos() - started),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    node.echoes().request(identifier, sequence + 1 & 0xffff, data());
    after(settings.timeout(), () -> settle(sequence));
    if (echoes.size() < settings.count()) {
      after(settings.interval(), this::next);
    }
  }

  private Octets data() {
    byte[] data = new byte[settings.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) LETTERS.charAt(i % LETTERS.length());
    }
    return Octets.of(data);
  }

  private void after(Duration delay, Runnable task) {
    host.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void replied(Ipv4Address from, int sequence) {
    int index = index(sequence);
    if (index < 0 || echoes.get(index).roundTrip().isPresent()) {
      return;
    }
    PingReport.Echo echo = echoes.get(index);
    Duration roundTrip = Duration.ofNanos(nanos() - started).minus(echo.sentAt());
    if (roundTrip.compareTo(settings.timeout()) <= 0) {
      echoes.set(
          index,
          new PingReport.Echo(
              echo.sentAt(), Optional.of(roundTrip), Optional.empty(), Optional.empty()));
      settle(index);
    }
  }

  @Override
  public void failed(Ipv4Address reporter, int sequence, IcmpKind kind) {
    int index = index(sequence);
    if (index >= 0 && !settled.get(index)) {
      echoes.set(
          index,
          new PingReport.Echo(
              echoes.get(index).sentAt(),
              Optional.empty(),
              Optional.of(kind),
              Optional.of(reporter.toInetAddress())));
      settle(index);
    }
  }

  /** The last request with this number, of which only 65,536 are told apart. */
  private int index(int sequence) {
    int last = echoes.size() - 1;
    int index = last - Math.floorMod(last + 1 - sequence, 0x10000);
    return index > last ? -1 : index;
  }

  private void settle(int index) {
    if (settled.get(index)) {
      return;
    }
    settled.set(index);
    if (--open == 0) {
      node.echoes().close(identifier);
      done.setSuccess(new PingReport(target, echoes));
    }
  }
}
