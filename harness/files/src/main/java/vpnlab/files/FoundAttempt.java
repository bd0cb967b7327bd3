package vpnlab.files;

import java.time.Instant;
import java.util.function.Supplier;
import vpnlab.evidence.Evidence;

/**
 * An attempt to connect that the files tell of.
 *
 * @param at when it began, as exactly as the files say
 * @param user who tried; empty when nothing says
 * @param client the client's host; empty when only servers' logs tell of the attempt
 * @param outcome how it ended
 * @param evidence all that the files have about it
 */
public record FoundAttempt(
    Instant at, String user, String client, Outcome outcome, Supplier<Evidence> evidence) {

  /** How an attempt ended, as its own records say. */
  public enum Outcome {
    CONNECTED,
    FAILED,
    /** It came up, and what the user then tried did not work. */
    USELESS,
    /** The client's log has its beginning and not its end. */
    UNFINISHED
  }
}
