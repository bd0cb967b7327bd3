package vpnlab.lab.spec;

/** Something wrong in a file: what, where, and what to do about it (may be empty). */
public record Problem(Location location, String message, String suggestion) {
  @Override
  public String toString() {
    return location + ": " + message + (suggestion.isEmpty() ? "" : "; " + suggestion);
  }
}
