package vpnlab.runner.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What became of the requests of one worker, or of several. Every request is in exactly one of
 * {@code answered} and {@code lost}.
 */
public final class LoadCount {
  private long accepted;
  private long refused;
  private long answered;
  private long lost;
  private long sentAgain;
  private long duplicates;
  private long duplicatesUnlike;
  private long duplicatesUnanswered;
  private final List<Long> micros = new ArrayList<>();

  void accepted(long microseconds) {
    accepted++;
    micros.add(microseconds);
  }

  void refused() {
    refused++;
  }

  void answered() {
    answered++;
  }

  void lost() {
    lost++;
  }

  void sentAgain() {
    sentAgain++;
  }

  void duplicate(boolean alike) {
    duplicates++;
    duplicatesUnlike += alike ? 0 : 1;
  }

  void duplicateUnanswered() {
    duplicates++;
    duplicatesUnanswered++;
  }

  void add(LoadCount other) {
    accepted += other.accepted;
    refused += other.refused;
    answered += other.answered;
    lost += other.lost;
    sentAgain += other.sentAgain;
    duplicates += other.duplicates;
    duplicatesUnlike += other.duplicatesUnlike;
    duplicatesUnanswered += other.duplicatesUnanswered;
    micros.addAll(other.micros);
  }

  /** Authentications that ended with Access-Accept, and with the keys that the peer has. */
  public long acceptedTotal() {
    return accepted;
  }

  /** Authentications that ended otherwise, although the credentials are right. */
  public long refusedTotal() {
    return refused;
  }

  /** Requests that got an answer, after being sent once or more. */
  public long answeredTotal() {
    return answered;
  }

  /** Requests that never got one. */
  public long lostTotal() {
    return lost;
  }

  /** Requests that had to be sent again because no answer came in time. */
  public long sentAgainTotal() {
    return sentAgain;
  }

  /** Requests that were sent a second time on purpose, after their answer. */
  public long duplicatesTotal() {
    return duplicates;
  }

  /** Of these, those whose second answer differs in an octet. */
  public long duplicatesUnlikeTotal() {
    return duplicatesUnlike;
  }

  /** Of these, those that got no second answer although they were sent three times more. */
  public long duplicatesUnansweredTotal() {
    return duplicatesUnanswered;
  }

  /** How long that share of the accepted authentications took at the most. */
  public Duration latency(double share) {
    if (micros.isEmpty()) {
      return Duration.ZERO;
    }
    List<Long> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    int index = (int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1)));
    return Duration.ofNanos(sorted.get(index) * 1000);
  }

  /** Whether every request was answered, every duplicate the same, and nobody refused. */
  public boolean flawless() {
    return lost + refused + duplicatesUnlike + duplicatesUnanswered == 0;
  }
}
