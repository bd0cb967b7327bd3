package vpnlab.network.path;

import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;

/** The way on which a packet leaves a host. */
interface Exit {
  /** What the host is called there. */
  Ipv4Address address();

  /** Octets of the largest packet. */
  int mtu();

  /** The name of a tunnel interface; empty for a real one. */
  String tunnel();

  /** Sends a packet that fits. */
  void carry(Ipv4Packet packet, Undeliverable undeliverable);

  /** Onto a segment. */
  record Segment(Route route) implements Exit {
    @Override
    public Ipv4Address address() {
      return route.out().address();
    }

    @Override
    public int mtu() {
      return route.out().link().mtu();
    }

    @Override
    public String tunnel() {
      return "";
    }

    @Override
    public void carry(Ipv4Packet packet, Undeliverable undeliverable) {
      route.out().link().carry(route.out(), route.nextHop(), packet, undeliverable);
    }
  }

  /** To every host on the segment of an interface. */
  record Broadcast(Nic out) implements Exit {
    @Override
    public Ipv4Address address() {
      return out.address();
    }

    @Override
    public int mtu() {
      return out.link().mtu();
    }

    @Override
    public String tunnel() {
      return "";
    }

    @Override
    public void carry(Ipv4Packet packet, Undeliverable undeliverable) {
      out.link().broadcast(out, packet);
    }
  }

  /** Into a tunnel. */
  record Tunnel(TunnelInterface through) implements Exit {
    @Override
    public Ipv4Address address() {
      return through.address();
    }

    @Override
    public int mtu() {
      return through.mtu();
    }

    @Override
    public String tunnel() {
      return through.name();
    }

    @Override
    public void carry(Ipv4Packet packet, Undeliverable undeliverable) {
      through.transmit(packet);
    }
  }
}
