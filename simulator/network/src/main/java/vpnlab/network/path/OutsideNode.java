package vpnlab.network.path;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Fragmentation;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.Reassembly;
import vpnlab.wire.ip.UdpDatagram;

/**
 * Stands on a segment for everybody outside the lab: what real peers send enters here with their
 * own addresses as source, and what the lab sends to them leaves here. UDP only.
 */
public final class OutsideNode extends Node {
  /** Peers whose addresses are routed here; the oldest are forgotten. */
  private static final int MAX_PEERS = 4096;

  /** Takes what leaves the lab. */
  @FunctionalInterface
  public interface Door {
    void leave(InetSocketAddress lab, InetSocketAddress peer, Octets payload);
  }

  private final Map<InetSocketAddress, Door> doors;
  private final Map<InetSocketAddress, Door> represented = new HashMap<>();
  private final Set<Ipv4Address> peers = new LinkedHashSet<>();
  private final Reassembly reassembly = new Reassembly();
  private Door exit;
  private int lastIdentification;

  /**
   * @param doors shared by all outside nodes: a peer that was heard on two segments is answered
   *     through the right door whichever segment the answer took
   */
  OutsideNode(Fabric fabric, String name, Map<InetSocketAddress, Door> doors) {
    super(fabric, name);
    this.doors = doors;
  }

  /** What {@code lab} sends to peers that were heard leaves through {@code door}. */
  public void open(InetSocketAddress lab, Door door) {
    doors.put(lab, door);
  }

  public void close(InetSocketAddress lab, Door door) {
    doors.remove(lab, door);
  }

  /** What is sent to any address outside the lab, and has no door of its own, leaves here. */
  public void exitThrough(Door door) {
    exit = door;
    nic().link().exitThrough(nic());
    fabric.routes().setExit(nic().link());
  }

  /**
   * What is sent to {@code alias} leaves through {@code door}: the alias stands for a peer whose
   * own address may be anybody's, for instance that of another peer on another segment.
   *
   * @param alias on an address that no host of the lab has
   */
  public void represent(InetSocketAddress alias, Door door) {
    represented.put(alias, door);
    Ipv4Address address = Ipv4Address.of(alias);
    nic().link().join(nic(), address);
    fabric.routes().addOutside(address, nic().link());
  }

  /**
   * A datagram from {@code peer} for {@code lab} enters.
   *
   * @return whether it did; a peer that has the address of a host in the lab cannot
   */
  public boolean enter(InetSocketAddress lab, InetSocketAddress peer, Octets payload) {
    Ipv4Address source = Ipv4Address.of(peer);
    if (fabric.isInside(source)) {
      return false;
    }
    admit(source);
    Ipv4Address destination = Ipv4Address.of(lab);
    UdpDatagram datagram =
        UdpDatagram.of(source, peer.getPort(), destination, lab.getPort(), payload);
    send(source, destination, IpProtocol.UDP, datagram.encode());
    return true;
  }

  /**
   * The peer's computer has said that nothing listens there: what the kernel reports as an error of
   * the socket enters as the ICMP message that it was.
   *
   * @param payload of the datagram that was sent in vain
   */
  public void refused(InetSocketAddress lab, InetSocketAddress peer, Octets payload) {
    Ipv4Address reporter = Ipv4Address.of(peer);
    if (fabric.isInside(reporter)) {
      return;
    }
    admit(reporter);
    Ipv4Address sender = Ipv4Address.of(lab);
    UdpDatagram sent = UdpDatagram.of(sender, lab.getPort(), reporter, peer.getPort(), payload);
    Ipv4Packet quoted = Ipv4Packet.of(0, IpProtocol.UDP, sender, reporter, sent.encode());
    Octets message = IcmpMessage.error(IcmpKind.PORT_UNREACHABLE, quoted).encode();
    send(reporter, sender, IpProtocol.ICMP, message);
  }

  private void send(
      Ipv4Address source, Ipv4Address destination, IpProtocol protocol, Octets payload) {
    lastIdentification = lastIdentification + 1 & 0xffff;
    Ipv4Packet packet = Ipv4Packet.of(lastIdentification, protocol, source, destination, payload);
    Optional<Route> route = fabric.routes().route(this, destination);
    if (route.isEmpty()) {
      fabric.dropped(name(), Drop.Reason.NO_ROUTE, "", packet);
      return;
    }
    for (Ipv4Packet fragment : Fragmentation.fragments(packet, nic().link().mtu())) {
      nic().link().carry(nic(), route.get().nextHop(), fragment, kind -> {});
    }
  }

  @Override
  void receive(Nic nic, Ipv4Packet packet) {
    reassembly.add(fabric.nanos(), packet).ifPresent(this::leave);
  }

  private void leave(Ipv4Packet packet) {
    if (!packet.protocol().equals(IpProtocol.UDP)) {
      fabric.dropped(name(), Drop.Reason.NO_LISTENER, "", packet);
      return;
    }
    try {
      UdpDatagram datagram = UdpDatagram.decode(packet.payload());
      InetSocketAddress lab = packet.source().at(datagram.sourcePort());
      InetSocketAddress peer = packet.destination().at(datagram.destinationPort());
      Door door = represented.getOrDefault(peer, doors.getOrDefault(lab, exit));
      if (door == null) {
        fabric.dropped(name(), Drop.Reason.NO_LISTENER, "", packet);
      } else {
        door.leave(lab, peer, datagram.payload());
      }
    } catch (MalformedMessageException e) {
      fabric.dropped(name(), Drop.Reason.MALFORMED, "", packet);
    }
  }

  private void admit(Ipv4Address peer) {
    if (represented.keySet().stream().anyMatch(alias -> Ipv4Address.of(alias).equals(peer))) {
      return; // has its route for ever
    }
    peers.remove(peer);
    peers.add(peer);
    nic().link().join(nic(), peer);
    fabric.routes().addOutside(peer, nic().link());
    if (peers.size() > MAX_PEERS) {
      Ipv4Address oldest = peers.iterator().next();
      peers.remove(oldest);
      nic().link().leave(nic(), oldest);
      fabric.routes().removeOutside(oldest, nic().link());
    }
  }

  private Nic nic() {
    return nics().get(0);
  }
}
