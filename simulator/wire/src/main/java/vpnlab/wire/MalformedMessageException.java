package vpnlab.wire;

/** A message that its specification does not allow. Thrown by decoders and by nothing else. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field what was being read, e.g. {@code "SA payload / proposal 1 / transform length"}
   * @param problem what is wrong with it, e.g. {@code "is 3, must be at least 8"}
   */
  public MalformedMessageException(String field, String problem) {
    super(field + " " + problem);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
