package vpnlab.diagnosis;

import java.util.List;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.Stage;

/**
 * Evidence, and all that an engine must say about it.
 *
 * @param certain whether the causes are certain or candidates
 * @param causes every cause, in order; empty when nothing may be concluded
 */
record Case(
    String name, Evidence evidence, int code, Stage stage, boolean certain, List<String> causes) {

  static Case certain(String name, int code, Stage stage, Evidence evidence, String... causes) {
    return new Case(name, evidence, code, stage, true, List.of(causes));
  }

  static Case candidates(String name, int code, Stage stage, Evidence evidence, String... causes) {
    return new Case(name, evidence, code, stage, false, List.of(causes));
  }

  @Override
  public String toString() {
    return name;
  }
}
