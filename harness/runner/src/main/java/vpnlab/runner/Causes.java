package vpnlab.runner;

import java.util.Map;
import java.util.Set;

/** The causes that a diagnosis may name. */
public final class Causes {
  private Causes() {}

  /** Every cause with the Windows error codes that it shows to the user, in decimal. */
  public static Map<String, Set<String>> codes() {
    return Map.of();
  }
}
