package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The server that decides about users belongs to no domain. */
public final class ServerNotDomainJoined extends ServerSideRule {
  /** NPS's reason for a user of a domain when it has none (IAS_LOCAL_USERS_ONLY). */
  private static final int LOCAL_USERS_ONLY = 32;

  public ServerNotDomainJoined() {
    super("server-not-domain-joined", "the server does not belong to the domain.");
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    String asker = facts.domain().asker();
    Optional<Citation> workgroup =
        facts
            .host(asker)
            .filter(host -> facts.domain().inWorkgroup(asker))
            .map(host -> Cite.host(host, "Domain = WORKGROUP"));
    Optional<Citation> told =
        facts
            .radius()
            .denial()
            .filter(event -> facts.radius().reason() == LOCAL_USERS_ONLY)
            .map(event -> Cite.field(event, "ReasonCode"));
    boolean ownDecision =
        facts.domain().windowsProvider()
            && facts.domain().refusal().isPresent()
            && !ProviderElsewhere.policyServerRuns(facts);
    if (told.isEmpty() && (workgroup.isEmpty() || !ownDecision)) {
      return Optional.empty();
    }
    return Optional.of(
        Grounds.certain(asker + " belongs to no domain and knows local users only.")
            .cite(told.stream().toList())
            .cite(workgroup.stream().toList()));
  }
}
