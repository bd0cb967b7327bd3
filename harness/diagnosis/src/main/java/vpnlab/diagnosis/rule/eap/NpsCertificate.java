package vpnlab.diagnosis.rule.eap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.PeerChain;
import vpnlab.evidence.ServerValidation;

/** The certificate that NPS showed, as the client's log and the profile judge it. */
record NpsCertificate(Facts facts, PeerChain chain) {
  static NpsCertificate of(Facts facts) {
    return new NpsCertificate(facts, facts.authenticationServerChain());
  }

  Optional<CertificateView> leaf() {
    return chain.leaf();
  }

  /** The member of the chain that had expired when the client looked. */
  Optional<CertificateView> expired() {
    return chain
        .builtAt()
        .map(facts.clock()::trueTime)
        .flatMap(
            now ->
                chain.path().stream().filter(member -> now.isAfter(member.notAfter())).findFirst());
  }

  /** Its chain ends in no root of the client's computer. */
  boolean rootIsUnknown() {
    return leaf().isPresent() && chain.end() != PeerChain.End.TRUSTED;
  }

  /** Where the chain ends, or would. */
  CertificateView top() {
    List<CertificateView> path = chain.path();
    return path.get(path.size() - 1);
  }

  String authority() {
    return chain.end() == PeerChain.End.ISSUER_MISSING ? top().issuer() : top().subject();
  }

  private Optional<ServerValidation> validation() {
    return facts.profile().serverValidation();
  }

  /** The computer trusts its root, but the profile ticks others only. */
  boolean rootIsNotTicked() {
    return leaf().isPresent()
        && chain.end() == PeerChain.End.TRUSTED
        && validation()
            .map(ServerValidation::trustedRoots)
            .filter(roots -> !roots.isEmpty())
            .filter(roots -> chain.path().stream().noneMatch(one -> ticks(roots, one)))
            .isPresent();
  }

  private static boolean ticks(List<String> roots, CertificateView one) {
    return roots.stream()
        .map(root -> root.replaceAll("[^0-9A-Fa-f]", ""))
        .anyMatch(one.thumbprint()::equalsIgnoreCase);
  }

  /** It has none of the names that the profile asks for. */
  boolean nameIsUnexpected() {
    return leaf().isPresent()
        && validation()
            .map(ServerValidation::serverNames)
            .filter(expected -> !expected.isEmpty())
            .filter(expected -> names().stream().noneMatch(name -> fits(expected, name)))
            .isPresent();
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    leaf()
        .ifPresent(
            own -> {
              names.addAll(own.dnsNames());
              own.commonName().filter(name -> !names.contains(name)).ifPresent(names::add);
            });
    return names;
  }

  private static boolean fits(List<String> expected, String name) {
    return expected.stream().anyMatch(pattern -> fits(pattern, name));
  }

  private static boolean fits(String pattern, String name) {
    try {
      return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(name).matches();
    } catch (PatternSyntaxException notAPattern) {
      return pattern.equalsIgnoreCase(name);
    }
  }

  String expectedNames() {
    return String.join(", ", validation().map(ServerValidation::serverNames).orElse(List.of()));
  }

  List<Citation> citeBuilding() {
    return chain.citeBuilding();
  }

  List<Citation> cite(String what) {
    return leaf()
        .map(own -> List.of(Cite.certificate(facts.client(), own, what)))
        .orElse(List.of());
  }

  Citation citeProfile(String what) {
    return Cite.profile(facts.profile(), what);
  }

  Citation citeRoots() {
    String roots =
        String.join(
            ", ",
            facts.stores().of(facts.client(), CertificateStores.MACHINE_ROOT).stream()
                .map(CertificateView::title)
                .toList());
    return Cite.store(
        facts.client(),
        CertificateStores.MACHINE_ROOT,
        "holds " + (roots.isEmpty() ? "nothing" : roots));
  }

  /** NPS's own record of the end: the client closed TLS. */
  List<Citation> citeDenial() {
    return facts
        .radius()
        .denial()
        .map(event -> List.of(Cite.field(event, "ReasonCode")))
        .orElse(List.of());
  }
}
