package vpnlab.protocol.ike;

/** The client is authenticated and its request waits for an inner address from the owner. */
final class ResponderAwaitsAddress extends SaState {
  private final ResponderAuth auth;

  ResponderAwaitsAddress(ResponderAuth auth) {
    super(auth.sa());
    this.auth = auth;
  }

  @Override
  IkePhase phase() {
    return IkePhase.FINAL_AUTH;
  }

  @Override
  void command(IkeCommand command) {
    if (command instanceof IkeCommand.AssignAddress assign) {
      auth.assign(assign.address(), assign.further());
    } else if (command instanceof IkeCommand.RefuseAddress refuse) {
      auth.refuseChild(refuse.error());
    } else {
      super.command(command);
    }
  }
}
