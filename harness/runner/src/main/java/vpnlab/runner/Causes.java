package vpnlab.runner;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The causes that a diagnosis may name, which are those of vpnlab's own rules. */
public final class Causes {
  private Causes() {}

  /** Every cause with the Windows error codes that it shows to the user, in decimal. */
  public static Map<String, Set<String>> codes() {
    return Map.of();
  }

  /** The causes that can end in a code, in the order in which an attempt would meet them. */
  public static List<String> explaining(int code) {
    return codes().entrySet().stream()
        .filter(entry -> entry.getValue().contains(Integer.toString(code)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The page about a cause, Markdown. */
  public static Optional<String> page(String cause) {
    return Optional.empty();
  }
}
