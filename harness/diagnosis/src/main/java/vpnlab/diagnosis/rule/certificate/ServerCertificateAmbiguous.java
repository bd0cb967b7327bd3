package vpnlab.diagnosis.rule.certificate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** Several certificates qualify for IKEv2 and RRAS serves one that does not fit. */
public final class ServerCertificateAmbiguous extends CauseRule {
  public ServerCertificateAmbiguous() {
    super("server-certificate-ambiguous", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  public Set<String> supersedes() {
    return Set.of(
        "server-certificate-expired",
        "server-certificate-not-yet-valid",
        "server-certificate-untrusted-root",
        "server-root-in-user-store-only",
        "server-certificate-chain-incomplete",
        "server-certificate-eku-missing",
        "server-certificate-name-mismatch",
        "server-dialed-by-address",
        "server-certificate-internal-name");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Optional<CertificateView> served = facts.serverChain().leaf();
    boolean accepted = facts.serverChain().good();
    if (!facts.administrator() || served.isEmpty() || accepted) {
      return Optional.empty();
    }
    List<CertificateView> candidates = CertificateSelection.bestClass(facts);
    Optional<CertificateView> better =
        candidates.stream()
            .filter(candidate -> !candidate.equals(served.get()))
            .filter(candidate -> CertificateSelection.wouldBeAccepted(facts, candidate))
            .findFirst();
    if (!candidates.contains(served.get()) || better.isEmpty()) {
      return Optional.empty();
    }
    String server = facts.vpnServer();
    return Optional.of(
        Grounds.certain(
                "%d certificates of %s qualify alike; it serves %s, though %s would fit."
                    .formatted(
                        candidates.size(), server, served.get().names(), better.get().names()))
            .cite(
                Cite.certificate(server, served.get(), "is served, names " + served.get().names()))
            .cite(
                Cite.certificate(server, better.get(), "would fit, names " + better.get().names()))
            .cite(facts.serverChain().citeBuilding())
            .cite(facts.serverChain().citeChecking()));
  }
}
