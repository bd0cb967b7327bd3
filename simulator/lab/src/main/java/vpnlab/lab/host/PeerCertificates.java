package vpnlab.lab.host;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.protocol.x509.ChainProblem;
import vpnlab.protocol.x509.ChainResult;
import vpnlab.wire.Octets;

/** Judges what a peer presents with the machine's stores, and writes what CryptoAPI would write. */
public record PeerCertificates(Machine machine) {
  /**
   * What came of it.
   *
   * @param certificate the end entity's; absent when the peer sent none that can be read
   */
  public record Judgement(
      Optional<X509Certificate> certificate, Optional<ChainResult> chain, String text) {
    public boolean accepted() {
      return chain.isPresent() && chain.get().valid();
    }
  }

  /**
   * Judges a chain.
   *
   * @param sent DER, end entity first
   * @param policyName for the event log
   */
  public Judgement judge(Instant now, List<Octets> sent, ChainPolicy policy, String policyName) {
    if (sent.isEmpty()) {
      return new Judgement(Optional.empty(), Optional.empty(), "the peer sent no certificate");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Octets der : sent) {
      try {
        certificates.add(CertificateFields.decode(der));
      } catch (CertificateException e) {
        if (certificates.isEmpty()) {
          return new Judgement(
              Optional.empty(), Optional.empty(), "the peer's certificate cannot be read");
        }
        // An unreadable extra certificate does not harm the rest of the chain.
      }
    }
    X509Certificate own = certificates.get(0);
    ChainResult result =
        machine
            .stores()
            .machineChainEngine()
            .evaluate(own, certificates.subList(1, certificates.size()), now, policy);
    int chainStatus =
        result.problems().stream()
            .filter(problem -> problem.error().bit() != 0)
            .findFirst()
            .map(problem -> problem.error().hresult())
            .orElse(0);
    new CertificateEvents(machine.log())
        .judged(
            CertificateFields.subject(own),
            sent,
            result.errorStatus(),
            chainStatus,
            result.policyStatus(),
            policyName,
            String.join(",", policy.expectedNames()));
    String text = result.worst().map(ChainProblem::toString).orElse("valid");
    return new Judgement(Optional.of(own), Optional.of(result), text);
  }
}
