package vpnlab.runner;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import vpnlab.diagnosis.engine.RuleCatalogue;
import vpnlab.diagnosis.rule.Rule;

/** The causes that a diagnosis may name, which are those of vpnlab's own rules. */
public final class Causes {
  private Causes() {}

  /** Every cause with the Windows error codes that it shows to the user. */
  public static Map<String, Set<Integer>> codes() {
    Map<String, Set<Integer>> codes = new LinkedHashMap<>();
    for (Rule rule : RuleCatalogue.rules()) {
      codes.put(rule.id(), new LinkedHashSet<>(rule.codes()));
    }
    return codes;
  }
}
