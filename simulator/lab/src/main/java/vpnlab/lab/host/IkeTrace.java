package vpnlab.lab.host;

import vpnlab.protocol.ike.IkeEvent;

/** Tells the observer what an IKE endpoint does. */
public final class IkeTrace {
  private IkeTrace() {}

  /** Passes on what is for the observer; other events are not looked at. */
  public static void observe(Machine machine, IkeEvent event) {
    if (event instanceof IkeEvent.Exchanged exchanged) {
      if (exchanged.direction() == IkeEvent.Direction.SENT) {
        String text = exchanged.message().toString();
        if (exchanged.fragments() > 1) {
          text += " in " + exchanged.fragments() + " fragments";
        }
        if (exchanged.retransmission()) {
          text += " (again)";
        }
        machine.observer().message(machine.name(), exchanged.remote().getAddress(), text);
      }
    } else if (event instanceof IkeEvent.KeysDerived derived) {
      machine.observer().keys(derived.wiresharkLine());
    }
  }
}
