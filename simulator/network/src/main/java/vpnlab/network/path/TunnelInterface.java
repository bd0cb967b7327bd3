package vpnlab.network.path;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * A network interface whose other side is a program: what the host routes into it comes out of the
 * program's end, and what the program puts in, the host receives. Captures show its packets under
 * its name. Everything here is called on the network's thread.
 */
public final class TunnelInterface {
  private final HostNode host;
  private final String name;
  private final Ipv4Address address;
  private final int mtu;
  private final Consumer<Ipv4Packet> program;
  private Predicate<Ipv4Packet> admitted = packet -> true;
  private boolean open = true;

  TunnelInterface(
      HostNode host, String name, Ipv4Address address, int mtu, Consumer<Ipv4Packet> program) {
    this.host = host;
    this.name = name;
    this.address = address;
    this.mtu = mtu;
    this.program = program;
  }

  public String name() {
    return name;
  }

  /** What the host is called at this interface. */
  public Ipv4Address address() {
    return address;
  }

  /** Octets of the largest packet that goes through. */
  public int mtu() {
    return mtu;
  }

  public boolean isOpen() {
    return open;
  }

  /** From now on the host sends packets for {@code network} through here. */
  public void route(Ipv4Network network) {
    host.hostRoutes().add(network, new HostRoutes.Way(Optional.of(this)));
  }

  public void unroute(Ipv4Network network) {
    host.hostRoutes().remove(network, new HostRoutes.Way(Optional.of(this)));
  }

  /** From now on only what {@code filter} accepts of the packets from the program's end passes. */
  public void filter(Predicate<Ipv4Packet> filter) {
    admitted = filter;
  }

  boolean admits(Ipv4Packet packet) {
    return admitted.test(packet);
  }

  /** A packet comes from the program's end. */
  public void receive(Ipv4Packet packet) {
    if (open) {
      host.receiveThrough(this, packet);
    }
  }

  /** The interface is gone, and its routes with it. */
  public void close() {
    open = false;
    host.close(this);
  }

  void transmit(Ipv4Packet packet) {
    if (open) {
      program.accept(packet);
    }
  }
}
