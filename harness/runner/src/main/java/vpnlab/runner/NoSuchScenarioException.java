package vpnlab.runner;

/** Asked for a scenario that the catalogue does not have; the message says what comes nearest. */
public final class NoSuchScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchScenarioException(String message) {
    super(message);
  }
}
