package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds and judges chains as Windows' {@code CertGetCertificateChain} and {@code
 * CertVerifyCertificateChainPolicy} do: of all chains that the certificates at hand allow it takes
 * the best, and tells everything that is wrong with that one. Fetches nothing from the network and
 * reads no clock.
 *
 * <p>As on Windows, a root that is not trusted shows as UNTRUSTED_ROOT only when it is at hand,
 * sent by the peer or in the CA store. A peer that sends no root, as IKE peers do, leaves
 * PARTIAL_CHAIN, and with it open whether trust or an intermediate is missing.
 *
 * <p>Every verdict is compared with that of the JDK's own path validation ({@link PkixCrossCheck});
 * a difference is a problem of its own.
 */
public final class ChainEngine {
  private final Set<X509Certificate> trustedRoots;
  private final List<X509Certificate> intermediates;

  /**
   * An engine over the certificate stores of a machine.
   *
   * @param trustedRoots the Root store; only the self-issued ones end a chain
   * @param intermediates the CA store
   */
  public ChainEngine(
      Collection<X509Certificate> trustedRoots, Collection<X509Certificate> intermediates) {
    this.trustedRoots = new LinkedHashSet<>(trustedRoots);
    this.intermediates = List.copyOf(intermediates);
  }

  /**
   * Judges {@code certificate} at the instant {@code now}.
   *
   * @param sent the other certificates that the peer sent, in any order
   */
  public ChainResult evaluate(
      X509Certificate certificate,
      Collection<X509Certificate> sent,
      Instant now,
      ChainPolicy policy) {
    Set<X509Certificate> pool = new LinkedHashSet<>(sent);
    pool.addAll(intermediates);
    pool.addAll(trustedRoots);
    ChainResult best = null;
    for (List<X509Certificate> path : new PathSearch(pool).pathsFrom(certificate)) {
      ChainResult result =
          new ChainResult(path, new PathJudgement(path, trustedRoots, now, policy).problems());
      if (best == null || BETTER_FIRST.compare(result, best) < 0) {
        best = result;
      }
    }
    if (best == null) {
      throw new IllegalStateException("a search that found not even the certificate itself");
    }
    List<ChainProblem> problems = new ArrayList<>(best.problems());
    problems.addAll(PkixCrossCheck.differences(best, trustedRoots, now));
    return new ChainResult(best.chain(), problems);
  }

  /**
   * Windows ranks chains by quality: good signatures, then a root that is trusted, then one that is
   * at least there, then fewer errors. Of equals the shorter and then the one with younger issuers.
   */
  private static final Comparator<ChainResult> BETTER_FIRST =
      Comparator.<ChainResult, Boolean>comparing(r -> r.has(ChainError.SIGNATURE_NOT_VALID))
          .thenComparing(r -> r.has(ChainError.PARTIAL_CHAIN))
          .thenComparing(r -> r.has(ChainError.UNTRUSTED_ROOT))
          .thenComparing(r -> r.problems().size())
          .thenComparing(r -> r.chain().size())
          .thenComparing(r -> issuerDates(r), ChainEngine::laterFirst);

  private static List<Instant> issuerDates(ChainResult result) {
    return result.chain().stream().map(c -> c.getNotBefore().toInstant()).toList();
  }

  private static int laterFirst(List<Instant> a, List<Instant> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = b.get(i).compareTo(a.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
