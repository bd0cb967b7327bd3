package vpnlab.lab.datapath;

import java.net.BindException;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import vpnlab.lab.host.Machine;
import vpnlab.network.EndpointMount;
import vpnlab.network.path.IcmpError;
import vpnlab.network.path.RawProtocol;
import vpnlab.protocol.Input;
import vpnlab.protocol.esp.EspDrop;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.esp.EspPacket;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * The part of a computer that does ESP: it gives every packet that comes in, alone (IP protocol 50)
 * or in UDP (RFC 3948), to the link that has its SPI. On real sockets only ESP in UDP leaves the
 * lab; ESP alone stays in memory on either network.
 */
public final class EspDriver {
  private final Machine machine;
  private final Map<Long, EspLink> links = new HashMap<>();
  private final Map<EspDrop, Long> drops = new EnumMap<>(EspDrop.class);
  private RawProtocol raw;

  public EspDriver(Machine machine) {
    this.machine = machine;
  }

  /**
   * Begins a link to a peer.
   *
   * @param ike whose ports ESP in UDP uses
   * @param inner takes what comes from the peer
   */
  public EspLink open(EndpointMount ike, Consumer<Ipv4Packet> inner) {
    listen(ike);
    return new EspLink(this, ike, inner);
  }

  private void listen(EndpointMount ike) {
    ike.onEsp(this::received);
    if (raw == null) {
      try {
        raw = machine.network().raw(IpProtocol.ESP, new Receiver());
      } catch (BindException e) {
        machine.observer().note(machine.name(), "cannot take ESP: " + e.getMessage());
      }
    }
  }

  Machine machine() {
    return machine;
  }

  void register(long spi, EspLink link) {
    links.put(spi, link);
  }

  void forget(EspLink link) {
    links.values().removeIf(link::equals);
  }

  void sendAlone(InetAddress from, InetAddress to, Octets packet) {
    if (raw != null) {
      raw.send(from, to, packet);
    }
  }

  private void received(Input.DatagramReceived datagram) {
    decode(datagram.payload(), packet -> deliver(packet, new EspLink.Way(datagram, true)));
  }

  private void deliver(EspPacket packet, EspLink.Way way) {
    EspLink link = links.get(packet.spi());
    if (link == null) {
      count(EspDrop.UNKNOWN_SPI);
    } else {
      link.received(packet, way);
    }
  }

  private void decode(Octets octets, Consumer<EspPacket> then) {
    EspPacket packet;
    try {
      packet = EspPacket.decode(octets);
    } catch (MalformedMessageException e) {
      count(EspDrop.MALFORMED);
      return;
    }
    then.accept(packet);
  }

  private void count(EspDrop reason) {
    drops.merge(reason, 1L, Long::sum);
  }

  /** Packets that no link could be found for, by reason. */
  public long dropped(EspDrop reason) {
    return drops.getOrDefault(reason, 0L);
  }

  private final class Receiver implements RawProtocol.Listener {
    @Override
    public void received(InetAddress local, InetAddress remote, Octets payload) {
      decode(payload, packet -> deliver(packet, EspLink.Way.alone(local, remote)));
    }

    @Override
    public void failed(IcmpError error) {
      // IKE finds out by its own means; ESP has nobody to tell
    }
  }
}
