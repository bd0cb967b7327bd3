package vpnlab.runner.load;

import java.time.Duration;

/**
 * How the load is made.
 *
 * @param workers authentications at the same time, each from a port of its own
 * @param warmUp length of the first turn of each server, which does not count
 * @param slice how long one server is under load before it is the next one's turn
 * @param rounds turns for each server that count, after one that does not
 * @param duplicateEvery in the last slice every so many requests one is sent again on purpose; 0
 *     for none
 */
public record LoadSettings(
    String user,
    String password,
    int workers,
    Duration warmUp,
    Duration slice,
    int rounds,
    int duplicateEvery) {
  public LoadSettings {
    if (workers < 1
        || rounds < 1
        || duplicateEvery < 0
        || slice.isNegative()
        || slice.isZero()
        || warmUp.isNegative()) {
      throw new IllegalArgumentException(
          workers
              + " workers, "
              + rounds
              + " rounds of "
              + slice
              + ", duplicate "
              + duplicateEvery);
    }
  }

  LoadSettings withoutDuplicates() {
    return new LoadSettings(user, password, workers, warmUp, slice, rounds, 0);
  }

  /** The first turn. */
  LoadSettings warmingUp() {
    return new LoadSettings(user, password, workers, warmUp, warmUp, rounds, 0);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return workers + " workers, " + rounds + " rounds of " + slice;
  }
}
