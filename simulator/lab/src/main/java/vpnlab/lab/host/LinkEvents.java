package vpnlab.lab.host;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Writes what Windows writes when a computer's network interface loses its link or gets one. */
public final class LinkEvents {
  private final Machine machine;
  private List<InetAddress> known;

  private LinkEvents(Machine machine) {
    this.machine = machine;
    this.known = machine.network().interfaceAddresses();
  }

  public static void watch(Machine machine) {
    machine.network().onInterfaces(new LinkEvents(machine)::changed);
  }

  private void changed() {
    List<InetAddress> now = machine.network().interfaceAddresses();
    SystemEvents events = new SystemEvents(machine.log());
    List<InetAddress> gone = new ArrayList<>(known);
    gone.removeAll(now);
    gone.forEach(address -> events.link(address.getHostAddress(), false));
    List<InetAddress> come = new ArrayList<>(now);
    come.removeAll(known);
    come.forEach(address -> events.link(address.getHostAddress(), true));
    known = now;
  }
}
