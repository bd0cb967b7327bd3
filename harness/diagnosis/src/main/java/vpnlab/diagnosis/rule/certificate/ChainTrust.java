package vpnlab.diagnosis.rule.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.PeerChain;
import vpnlab.diagnosis.facts.PeerChain.End;

/**
 * Why the server's chain does not end in a root that the client's computer trusts. Windows reports
 * a missing intermediate and an unknown root alike when the server sends its own certificate only
 * (a server need not send its root); what else is known of the issuer decides.
 */
record ChainTrust(Facts facts, PeerChain chain, End end) {
  /** Empty when the client did not complain, or the certificates do not bear it out. */
  static Optional<ChainTrust> broken(Facts facts) {
    PeerChain chain = facts.serverChain();
    if (!Complaint.TRUST.isAbout(chain) || chain.leaf().isEmpty()) {
      return Optional.empty();
    }
    End end = chain.end();
    return end == End.TRUSTED ? Optional.empty() : Optional.of(new ChainTrust(facts, chain, end));
  }

  boolean userStoreOnly() {
    return end == End.TRUSTED_BY_USER_ONLY;
  }

  boolean incomplete() {
    return end == End.ISSUER_MISSING && intermediateIsMissing();
  }

  boolean untrustedRoot() {
    return !userStoreOnly() && !incomplete();
  }

  private CertificateView top() {
    List<CertificateView> path = chain.path();
    return path.get(path.size() - 1);
  }

  /**
   * The missing issuer is an intermediate of a root that the client trusts, if its certificate is
   * known from another host; else, if the server sent its own certificate alone and that says where
   * its issuer's can be fetched, which an issuing root has no need of.
   */
  private boolean intermediateIsMissing() {
    CertificateStores stores = facts.stores();
    Optional<CertificateView> issuer =
        stores.authoritiesElsewhere(facts.client()).stream().filter(top()::issuedBy).findFirst();
    if (issuer.isPresent()) {
      return !issuer.get().selfIssued()
          && stores.path(issuer.get(), List.of(), facts.client()).stream()
              .anyMatch(
                  member -> stores.holds(facts.client(), CertificateStores.MACHINE_ROOT, member));
    }
    return chain.path().size() == 1 && top().saysWhereItsIssuerIs();
  }

  /** The authority that is missing or not trusted. */
  String authority() {
    return end == End.ISSUER_MISSING ? top().issuer() : top().subject();
  }

  List<Citation> citations() {
    List<Citation> citations = new ArrayList<>(chain.citeBuilding());
    citations.add(
        Cite.certificate(
            facts.client(),
            top(),
            "issuer = %s; sent by the server: %d certificate(s)"
                .formatted(top().issuer(), chain.sent().size())));
    String store = userStoreOnly() ? CertificateStores.USER_ROOT : CertificateStores.MACHINE_ROOT;
    String roots =
        String.join(
            ", ",
            facts.stores().of(facts.client(), store).stream().map(CertificateView::title).toList());
    citations.add(
        Cite.store(facts.client(), store, "holds " + (roots.isEmpty() ? "nothing" : roots)));
    return citations;
  }
}
