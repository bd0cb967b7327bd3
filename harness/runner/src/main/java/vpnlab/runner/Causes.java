package vpnlab.runner;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import vpnlab.diagnosis.engine.RuleCatalogue;
import vpnlab.diagnosis.rule.Rule;

/** The causes that a diagnosis may name, which are those of vpnlab's own rules. */
public final class Causes {
  /** Codes that a cause shows only with servers that, unlike the lab's NPS, do not say why. */
  private static final Map<String, Set<Integer>> NOT_IN_A_LAB =
      Map.of("client-certificate-expired", Set.of(853));

  private Causes() {}

  /** Every cause with the Windows error codes that it shows to the user of a lab. */
  public static Map<String, Set<Integer>> codes() {
    Map<String, Set<Integer>> codes = new LinkedHashMap<>();
    for (Rule rule : RuleCatalogue.rules()) {
      Set<Integer> shown = new LinkedHashSet<>(rule.codes());
      shown.removeAll(NOT_IN_A_LAB.getOrDefault(rule.id(), Set.of()));
      codes.put(rule.id(), shown);
    }
    return codes;
  }
}
