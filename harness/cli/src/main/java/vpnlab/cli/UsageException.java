package vpnlab.cli;

/** Something that the user asked for cannot be; the message says what, where and what to do. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
