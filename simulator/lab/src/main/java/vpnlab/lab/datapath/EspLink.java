package vpnlab.lab.datapath;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.function.Consumer;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.Input;
import vpnlab.protocol.esp.EspDrop;
import vpnlab.protocol.esp.EspResult;
import vpnlab.protocol.esp.EspTunnel;
import vpnlab.protocol.esp.WiresharkEspLine;
import vpnlab.protocol.ike.ChildSa;
import vpnlab.protocol.ike.IkeEvent;
import vpnlab.wire.esp.EspPacket;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * ESP with one peer: the Child SAs of one IKE SA, and the way to the peer. Where IKE found a NAT,
 * ESP goes in UDP between IKE's ports, else alone (RFC 7296 section 2.23).
 */
public final class EspLink {
  /**
   * How a packet came.
   *
   * @param local this end, as the packet says; port 0 without UDP
   * @param remote the peer
   */
  record Way(InetSocketAddress local, InetSocketAddress remote, boolean inUdp) {
    Way(Input.DatagramReceived datagram, boolean inUdp) {
      this(datagram.local(), datagram.remote(), inUdp);
    }

    static Way alone(InetAddress local, InetAddress remote) {
      return new Way(new InetSocketAddress(local, 0), new InetSocketAddress(remote, 0), false);
    }
  }

  private final EspDriver driver;
  private final EndpointMount ike;
  private final Consumer<Ipv4Packet> inner;
  private final EspTunnel tunnel;
  private Way way;
  private boolean followsPeer;
  private boolean open = true;
  private long octetsSent;
  private long octetsReceived;
  private Instant lastTraffic = Instant.EPOCH;

  EspLink(EspDriver driver, EndpointMount ike, Consumer<Ipv4Packet> inner) {
    this.driver = driver;
    this.ike = ike;
    this.inner = inner;
    this.tunnel = new EspTunnel(driver.machine().random());
  }

  /**
   * From now on the peer's packets tell where it is: a NAT before it may give it another port at
   * any time (RFC 7296 section 2.23). For the end that is not behind that NAT.
   */
  public void followPeer() {
    followsPeer = true;
  }

  /** Takes the first Child SA into use. */
  public void add(ChildSa child) {
    tunnel.add(child);
    register(child);
  }

  private void register(ChildSa child) {
    driver.register(child.inboundSpi(), this);
    WiresharkEspLine.of(child).forEach(driver.machine().observer()::espKeys);
  }

  /** Takes from IKE what concerns ESP: the path, and what becomes of the Child SAs. */
  public void hear(IkeEvent event) {
    if (event instanceof IkeEvent.PathChanged changed) {
      way = new Way(changed.local(), changed.remote(), changed.natBetween());
    } else if (event instanceof IkeEvent.ChildRekeyed rekeyed) {
      tunnel.replace(driver.machine().now(), rekeyed.before(), rekeyed.after(), rekeyed.byPeer());
      register(rekeyed.after());
    } else if (event instanceof IkeEvent.ChildRetired retired) {
      tunnel.retire(retired.child());
    } else if (event instanceof IkeEvent.ChildDeleted deleted) {
      tunnel.remove(deleted.child());
    }
  }

  /** Sends an inner packet to the peer, if there is an SA for it. */
  public void send(Ipv4Packet packet) {
    if (!open || way == null) {
      return;
    }
    Instant now = driver.machine().now();
    EspResult result = tunnel.seal(now, packet);
    if (result instanceof EspResult.Sealed sealed) {
      lastTraffic = now;
      octetsSent += packet.size();
      if (way.inUdp()) {
        ike.send(way.local(), way.remote(), sealed.packet());
      } else {
        driver.sendAlone(way.local().getAddress(), way.remote().getAddress(), sealed.packet());
      }
    }
  }

  void received(EspPacket packet, Way from) {
    if (!open) {
      return;
    }
    Instant now = driver.machine().now();
    EspResult result = tunnel.open(now, packet);
    if (result instanceof EspResult.Opened opened) {
      lastTraffic = now;
      if (followsPeer && way != null && way.inUdp() && from.inUdp()) {
        way = from;
      }
      octetsReceived += opened.inner().size();
      inner.accept(opened.inner());
    }
  }

  /** Packets sent to the peer. */
  public long sent() {
    return tunnel.sealed();
  }

  /** Packets of the peer that were passed on. */
  public long received() {
    return tunnel.opened();
  }

  /** Octets of the inner packets sent to the peer. */
  public long octetsSent() {
    return octetsSent;
  }

  /** Octets of the peer's inner packets that were passed on. */
  public long octetsReceived() {
    return octetsReceived;
  }

  /** When the latest packet was sent or passed on; the epoch before the first. */
  public Instant lastTraffic() {
    return lastTraffic;
  }

  /** Packets that went no further, for that reason. */
  public long dropped(EspDrop reason) {
    return tunnel.dropped(reason);
  }

  /** Nothing goes through any more. */
  public void close() {
    open = false;
    driver.forget(this);
  }
}
