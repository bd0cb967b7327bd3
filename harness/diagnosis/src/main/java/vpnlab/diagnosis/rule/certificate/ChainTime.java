package vpnlab.diagnosis.rule.certificate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.PeerChain;

/**
 * The certificate of the server's chain that was not valid when the client checked it.
 *
 * @param clientTime when it was checked, by the client's clock
 * @param trueTime when it was checked, in truth
 */
record ChainTime(CertificateView certificate, Instant clientTime, Instant trueTime) {
  /** Empty when the client did not complain, or the certificates do not bear it out. */
  static Optional<ChainTime> invalid(Facts facts) {
    PeerChain chain = facts.serverChain();
    Optional<Instant> checked = chain.builtAt();
    if (!Complaint.TIME.isAbout(chain) || checked.isEmpty()) {
      return Optional.empty();
    }
    Instant clientTime = checked.get();
    Instant trueTime = facts.clock().trueTime(clientTime);
    return first(chain, member -> !member.validAt(trueTime))
        .or(() -> first(chain, member -> !member.validAt(clientTime)))
        .map(member -> new ChainTime(member, clientTime, trueTime));
  }

  private static Optional<CertificateView> first(
      PeerChain chain, Predicate<CertificateView> filter) {
    return chain.path().stream().filter(filter).findFirst();
  }

  List<Citation> citations(Facts facts) {
    List<Citation> citations = new ArrayList<>(facts.serverChain().citeBuilding());
    citations.add(
        Cite.certificate(
            facts.client(),
            certificate,
            "notBefore = %s, notAfter = %s"
                .formatted(certificate.notBefore(), certificate.notAfter())));
    citations.addAll(facts.clock().citations());
    return citations;
  }
}
