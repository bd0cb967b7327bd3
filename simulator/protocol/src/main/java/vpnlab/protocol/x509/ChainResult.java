package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What {@link ChainEngine} says of a certificate.
 *
 * @param chain the best chain there is, from the certificate towards its root
 * @param problems all that is wrong, in the order of {@link ChainError}; empty when valid
 */
public record ChainResult(List<X509Certificate> chain, List<ChainProblem> problems) {
  public ChainResult {
    chain = List.copyOf(chain);
    problems = problems.stream().sorted(Comparator.comparing(ChainProblem::error)).toList();
  }

  /** Our engine and the JDK's path validation both find nothing wrong. */
  public boolean valid() {
    return problems.isEmpty();
  }

  /** {@code CERT_TRUST_STATUS.dwErrorStatus}: the bits of all problems. */
  public int errorStatus() {
    int bits = 0;
    for (ChainProblem problem : problems) {
      bits |= problem.error().bit();
    }
    return bits;
  }

  /** {@code CERT_CHAIN_POLICY_STATUS.dwError}: the HRESULT of the worst problem, 0 when valid. */
  public int policyStatus() {
    return worst().map(problem -> problem.error().hresult()).orElse(0);
  }

  /** The problem that decides the policy status. */
  public Optional<ChainProblem> worst() {
    return problems.stream().findFirst();
  }

  public boolean has(ChainError error) {
    return problems.stream().anyMatch(problem -> problem.error() == error);
  }

  @Override
  public String toString() {
    return valid()
        ? "valid"
        : "0x" + HexFormat.of().withUpperCase().toHexDigits(policyStatus()) + " " + problems;
  }
}
