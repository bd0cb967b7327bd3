package vpnlab.network.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import vpnlab.network.topology.StaticRoute;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;

/** Whatever has interfaces: a host, a router, or the gateway to the outside. */
abstract class Node {
  final Fabric fabric;
  private final String name;
  private final List<Nic> nics = new ArrayList<>();

  Node(Fabric fabric, String name) {
    this.fabric = fabric;
    this.name = name;
  }

  /** Routes that were entered by hand; the longest prefix first. */
  List<StaticRoute> staticRoutes() {
    return List.of();
  }

  /** A packet has crossed the link of {@code nic}. */
  abstract void receive(Nic nic, Ipv4Packet packet);

  static List<StaticRoute> longestFirst(List<StaticRoute> routes) {
    return routes.stream()
        .sorted(Comparator.comparingInt((StaticRoute route) -> -route.network().length()))
        .toList();
  }

  /** The interface whose segment has that address among its own. */
  final Optional<Nic> nicTowards(Ipv4Address address) {
    return nics.stream().filter(nic -> nic.link().network().contains(address)).findFirst();
  }

  public final String name() {
    return name;
  }

  final List<Nic> nics() {
    return nics;
  }

  final Nic attach(Link link, Ipv4Address address) {
    Nic nic = new Nic(this, link, address);
    nics.add(nic);
    link.join(nic, address);
    return nic;
  }

  /** What is still on its way to the interface is lost. */
  final void detach(Nic nic) {
    nics.remove(nic);
    nic.link().forget(nic);
  }

  boolean owns(Ipv4Address address) {
    return nics.stream().anyMatch(nic -> nic.address().equals(address));
  }
}
