package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.HostFacts;

/** RRAS has handed out an address that a computer of the intranet has as well. */
public final class AddressPoolOverlap extends DataPathRule {
  public AddressPoolOverlap() {
    super("address-pool-overlap");
  }

  /** The answers are lost because they go to the other owner. */
  @Override
  public Set<String> supersedes() {
    return Set.of("no-return-route", "address-pool-unrouted");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    EspPassage passage = EspPassage.of(facts);
    if (!passage.isServerSeen()) {
      return passage.isSilentForClient()
          ? Optional.of(
              Grounds.possible(
                      "ESP leaves the client and none comes back: another computer may have the"
                          + " client's address, and the answers.")
                  .cite(passage.atClient()))
          : Optional.empty();
    }
    String address = facts.tunnelAddress().orElse("");
    for (HostFacts host : facts.hosts()) {
      boolean owns = host.addresses().contains(address);
      if (owns && !host.host().equals(facts.client())) {
        Grounds grounds = shared(address, host.host()).cite(Cite.host(host, "address " + address));
        return Optional.of(grounds.cite(conflict(facts, address).map(cited()).orElse(List.of())));
      }
    }
    Optional<EventRecord> conflict = conflict(facts, address);
    if (conflict.isPresent()) {
      return conflict.map(event -> shared(address, event.host()).cite(cited().apply(event)));
    }
    return DhcpFailure.isAutomatic(facts) || NoReturnRoute.report(facts, address).isPresent()
        ? Optional.empty()
        : NoReturnRoute.answersThatGotLost(facts, address)
            .filter(lost -> lost.confidence() == Confidence.POSSIBLE)
            .map(
                lost ->
                    Grounds.certain(
                            "The client's address %s is also that of a computer of the intranet."
                                .formatted(address))
                        .unless(ReturnPath.SHOWN)
                        .cite(lost.citations()));
  }

  private static Grounds shared(String address, String owner) {
    return Grounds.certain("The client's address %s is also that of %s.".formatted(address, owner));
  }

  private static Function<EventRecord, List<Citation>> cited() {
    return event -> List.of(Cite.field(event, "Address"), Cite.field(event, "HardwareAddress"));
  }

  /** Tcpip 4199: somebody else's computer has noticed. */
  private static Optional<EventRecord> conflict(Facts facts, String address) {
    return facts.events().ever(EventLog.TCPIP, 4199).stream()
        .filter(event -> !event.host().equals(facts.client()))
        .filter(event -> event.data("Address").equals(address))
        .reduce((first, second) -> second);
  }
}
