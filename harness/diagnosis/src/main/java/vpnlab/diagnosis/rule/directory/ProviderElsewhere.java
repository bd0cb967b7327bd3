package vpnlab.diagnosis.rule.directory;

import vpnlab.diagnosis.facts.Facts;

/** Whether there is a RADIUS server that an RRAS does not ask. */
final class ProviderElsewhere {
  private ProviderElsewhere() {}

  static boolean policyServerRuns(Facts facts) {
    return facts
        .host(facts.policyServer())
        .filter(host -> host.services().getOrDefault("IAS", "").equalsIgnoreCase("Running"))
        .isPresent();
  }
}
