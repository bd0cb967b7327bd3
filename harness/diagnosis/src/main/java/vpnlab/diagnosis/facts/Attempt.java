package vpnlab.diagnosis.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.RasError;
import vpnlab.evidence.Stage;

/** The client's last attempt to connect, as RasClient's events tell it. */
public final class Attempt {
  private static final String SOURCE = "RasClient";
  private static final int DIALING = 20221;
  private static final int LINK_TRIED = 20222;
  private static final int SERVER_PROVEN = 20223;
  private static final int LINK_UP = 20224;
  private static final int CONNECTED = 20225;
  private static final int FAILED = 20227;

  private final List<EventRecord> steps = new ArrayList<>();
  private final int dialedAtIndex;

  Attempt(List<EventRecord> events, String client) {
    int dialed = -1;
    for (int i = 0; i < events.size(); i++) {
      EventRecord event = events.get(i);
      if (!event.source().equals(SOURCE) || !event.host().equals(client)) {
        continue;
      }
      if (event.id() == DIALING) {
        steps.clear();
        dialed = i;
      }
      steps.add(event);
    }
    this.dialedAtIndex = dialed;
  }

  /** Where in the evidence's events it begins; -1 when no event says so. */
  int dialedAtIndex() {
    return dialedAtIndex;
  }

  private Optional<EventRecord> step(int id) {
    return steps.stream().filter(event -> event.id() == id).reduce((first, second) -> second);
  }

  /** The event that began it. */
  public Optional<EventRecord> dialing() {
    return step(DIALING);
  }

  public Optional<EventRecord> linkTried() {
    return step(LINK_TRIED);
  }

  /** The event that says that the server has proved itself. */
  public Optional<EventRecord> serverProven() {
    return step(SERVER_PROVEN);
  }

  /** RasClient 20227, unless the connection came up after it. */
  public Optional<EventRecord> failure() {
    return last().filter(event -> event.id() == FAILED);
  }

  public boolean connected() {
    return established().isPresent();
  }

  /** RasClient 20225, unless it came to an end after it. */
  public Optional<EventRecord> established() {
    return last().filter(event -> event.id() == CONNECTED);
  }

  /** RasClient 20225 or 20227, whichever came last. */
  public Optional<EventRecord> end() {
    return last();
  }

  private Optional<EventRecord> last() {
    return steps.stream()
        .filter(event -> event.id() == CONNECTED || event.id() == FAILED)
        .reduce((first, second) -> second);
  }

  /** The error that the user saw; empty when the evidence does not have the end of the attempt. */
  public Optional<RasError> error() {
    return failure().flatMap(event -> RasError.parse(event.data("ErrorCode")));
  }

  /** Whether it failed with one of these codes, or in a way that the evidence does not tell. */
  public boolean mayHaveEndedWith(Set<Integer> codes) {
    return !connected() && error().map(error -> codes.contains(error.code())).orElse(true);
  }

  /** How far the events say that it came, with the error where that is more exact. */
  public Stage stage() {
    if (connected()) {
      return Stage.CONNECTED;
    }
    int code = error().map(RasError::code).orElse(0);
    if (code == 868) {
      return Stage.DNS;
    }
    if (code == 840 || code == 738) {
      return Stage.ADDRESS_ASSIGNMENT;
    }
    if (step(CONNECTED).isPresent()) {
      return Stage.DATA_PATH;
    }
    if (step(LINK_UP).isPresent()) {
      return Stage.ADDRESS_ASSIGNMENT;
    }
    if (step(SERVER_PROVEN).isPresent()) {
      return code == 649 ? Stage.AUTHORIZATION : Stage.AUTHENTICATION;
    }
    if (step(LINK_TRIED).isPresent()) {
      return code == 13801 || code == 13806 ? Stage.SERVER_CERTIFICATE : Stage.TUNNEL_SETUP;
    }
    return step(DIALING).isPresent() ? Stage.DNS : Stage.PROFILE_DEPLOYMENT;
  }
}
