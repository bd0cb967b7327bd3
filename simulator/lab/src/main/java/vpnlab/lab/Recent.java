package vpnlab.lab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last so many of what a lab has written down. A lab that is up for days under load forgets the
 * oldest, as the event logs of Windows do ("overwrite events as needed"), and counts them. For use
 * under a lock of its owner.
 */
final class Recent<T> {
  private final Deque<T> kept = new ArrayDeque<>();
  private final int limit;
  private long forgotten;

  /**
   * @param limit how many are kept; at least one
   */
  Recent(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
    this.limit = limit;
  }

  void add(T each) {
    if (kept.size() == limit) {
      kept.removeFirst();
      forgotten++;
    }
    kept.addLast(each);
  }

  /** What is kept, the oldest first. */
  List<T> all() {
    return List.copyOf(kept);
  }

  /** How many are gone. */
  long forgotten() {
    return forgotten;
  }
}
