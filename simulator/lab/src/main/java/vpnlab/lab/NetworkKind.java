package vpnlab.lab;

/** What carries a lab's packets. */
public enum NetworkKind {
  /** In memory, in virtual time, repeatable from the seed. */
  VIRTUAL,
  /** Loopback sockets, in real time. */
  SOCKETS
}
