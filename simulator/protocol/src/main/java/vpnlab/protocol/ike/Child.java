package vpnlab.protocol.ike;

/** A Child SA and what becomes of it. */
final class Child {
  private final ChildSa sa;
  private boolean replaced;
  private boolean leaving;

  Child(ChildSa sa) {
    this.sa = sa;
  }

  ChildSa sa() {
    return sa;
  }

  /** Another has its place, so its end is not worth telling. */
  boolean isReplaced() {
    return replaced;
  }

  void replace() {
    replaced = true;
  }

  /** This end deletes it. */
  boolean isLeaving() {
    return leaving;
  }

  void startLeaving() {
    leaving = true;
  }
}
