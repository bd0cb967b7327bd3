package vpnlab.runner.engine;

/** An engine that gave no usable answer; the message is one line for the user. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean notFound;

  EngineException(String message, boolean notFound) {
    super(message);
    this.notFound = notFound;
  }

  /** Whether the command does not exist, rather than having failed. */
  public boolean notFound() {
    return notFound;
  }
}
