package vpnlab.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.diagnosis.engine.RuleCatalogue;
import vpnlab.diagnosis.rule.Rule;
import vpnlab.diagnosis.rule.RulePage;
import vpnlab.evidence.Evidence;

/**
 * Causes that only one kind of evidence tells apart. A live lab always has that kind; a folder may
 * not, and then both are candidates.
 */
final class Siblings {
  /**
   * @param missing the kind of evidence, for people
   * @param isMissing whether the evidence lacks it
   * @param others what else it may be, in the order of likelihood
   */
  private record Doubt(
      String cause, String missing, Predicate<Evidence> isMissing, List<String> others) {}

  private static final List<Doubt> DOUBTS =
      List.of(
          new Doubt(
              "server-certificate-untrusted-root",
              "the client's certificate stores",
              Siblings::clientStores,
              List.of("server-root-in-user-store-only")),
          new Doubt(
              "nps-certificate-untrusted-root",
              "the client's certificate stores",
              Siblings::clientStores,
              List.of("nps-certificate-root-not-in-profile")),
          new Doubt(
              "server-certificate-name-mismatch",
              "a capture",
              Siblings::captures,
              List.of("server-certificate-internal-name")),
          new Doubt(
              "server-certificate-missing",
              "the server's certificate store",
              Siblings::serverStores,
              List.of("server-certificate-key-usage")),
          new Doubt(
              "server-unreachable",
              "facts about the server's host",
              Siblings::serverFacts,
              List.of(
                  "vpn-service-stopped",
                  "rras-default-gateway-inside",
                  "udp-500-blocked-perimeter",
                  "udp-500-blocked-server-firewall")),
          new Doubt(
              "nps-down",
              "facts about NPS's host",
              Siblings::serverFacts,
              List.of("radius-port-mismatch", "radius-port-blocked")),
          new Doubt(
              "address-pool-empty",
              "RRAS's event log",
              Siblings::remoteAccessEvents,
              List.of("address-pool-exhausted", "framed-address-in-use")));

  private Siblings() {}

  private static boolean clientStores(Evidence evidence) {
    return evidence.certificates().stream()
        .noneMatch(stored -> stored.host().equals(evidence.client()));
  }

  private static boolean serverStores(Evidence evidence) {
    return evidence.certificates().stream()
        .allMatch(stored -> stored.host().equals(evidence.client()));
  }

  private static boolean captures(Evidence evidence) {
    return evidence.packets().isEmpty();
  }

  private static boolean serverFacts(Evidence evidence) {
    return evidence.hosts().stream().allMatch(host -> host.host().equals(evidence.client()));
  }

  private static boolean remoteAccessEvents(Evidence evidence) {
    return evidence.events().stream().noneMatch(event -> event.source().equals("RemoteAccess"));
  }

  /** Whether the evidence has the kinds that a live lab has even when nothing happens. */
  static boolean complete(Evidence evidence) {
    return !clientStores(evidence)
        && !serverStores(evidence)
        && !captures(evidence)
        && !serverFacts(evidence);
  }

  /** The diagnosis with the candidates that the evidence cannot exclude. */
  static Diagnosis consider(Diagnosis diagnosis, Evidence evidence) {
    Optional<Doubt> doubt =
        DOUBTS.stream()
            .filter(
                each -> diagnosis.certain() && diagnosis.cause().orElse("").equals(each.cause()))
            .filter(each -> each.isMissing().test(evidence))
            .findFirst();
    if (doubt.isEmpty()) {
      return diagnosis;
    }
    List<Finding> findings = new ArrayList<>();
    Finding first = diagnosis.findings().get(0);
    findings.add(first.asCandidate());
    for (Rule rule : RuleCatalogue.rules()) {
      if (doubt.get().others().contains(rule.id())) {
        findings.add(
            new Finding(
                rule.id(),
                rule.id(),
                first.code(),
                rule.stage(),
                Confidence.POSSIBLE,
                "It may also be this; %s would tell.".formatted(doubt.get().missing()),
                first.citations(),
                RulePage.of(rule.id()).remedy()));
      }
    }
    return new Diagnosis(diagnosis.code(), diagnosis.symbol(), diagnosis.stage(), findings);
  }
}
