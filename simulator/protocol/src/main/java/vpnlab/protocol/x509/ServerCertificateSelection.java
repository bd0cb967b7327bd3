package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which certificate of the machine store RRAS serves for IKEv2. After Microsoft's troubleshooting
 * document for IKEv2 ("Troubleshooting IKEv2 VPN connections", machine certificate): one with both
 * EKUs before one with Server Authentication, before one with IP security IKE intermediate, before
 * any other; the key usage must allow digital signatures. Neither validity nor names are looked at,
 * so an expired certificate is served.
 *
 * <p>Among several of the best class Windows' choice is not documented. Ours is fixed: the latest
 * notBefore, and of equals the lowest thumbprint. Whoever relies on it is warned by {@link
 * Selection.Chosen#ambiguous()}.
 */
public final class ServerCertificateSelection {
  /** ERROR_IPSEC_IKE_NO_CERT: what Windows reports when there is none to serve. */
  public static final int ERROR_IPSEC_IKE_NO_CERT = 13806;

  private ServerCertificateSelection() {}

  /** The classes of preference, the best first. */
  public enum Preference {
    BOTH_PURPOSES,
    SERVER_AUTHENTICATION_ONLY,
    IKE_INTERMEDIATE_ONLY,
    ANY;

    /** The class of a certificate; anyExtendedKeyUsage names neither purpose and counts as none. */
    public static Preference of(X509Certificate certificate) {
      List<KeyPurpose> purposes = CertificateFields.extendedKeyUsage(certificate).orElse(List.of());
      boolean serverAuth = purposes.contains(KeyPurpose.SERVER_AUTH);
      boolean ikeIntermediate = purposes.contains(KeyPurpose.IKE_INTERMEDIATE);
      if (serverAuth) {
        return ikeIntermediate ? BOTH_PURPOSES : SERVER_AUTHENTICATION_ONLY;
      }
      return ikeIntermediate ? IKE_INTERMEDIATE_ONLY : ANY;
    }
  }

  /** Why there is nothing to serve. */
  public enum NoneReason {
    /** No certificate with a private key is in the store. */
    NO_CERTIFICATE,
    /** There are some, but the key usage of each lacks digitalSignature. */
    ALL_UNFIT_KEY_USAGE
  }

  /** One choice, or the reason why there is none. */
  public sealed interface Selection<T> {
    /**
     * A certificate to serve.
     *
     * @param candidates all fit ones of that class, the chosen one first
     */
    record Chosen<T>(T chosen, Preference preference, List<T> candidates) implements Selection<T> {
      public Chosen {
        candidates = List.copyOf(candidates);
      }

      /** Whether Windows might have taken another. */
      public boolean ambiguous() {
        return candidates.size() > 1;
      }
    }

    /** Nothing to serve: {@link #ERROR_IPSEC_IKE_NO_CERT}. */
    record None<T>(NoneReason reason) implements Selection<T> {}

    /** The certificate to serve, if any. */
    default Optional<T> toServe() {
      return this instanceof Chosen<T> some ? Optional.of(some.chosen()) : Optional.empty();
    }
  }

  /** Chooses among certificates that are all there with their private keys. */
  public static Selection<IssuedCertificate> select(List<IssuedCertificate> store) {
    return select(store, IssuedCertificate::certificate);
  }

  /**
   * Chooses among what a store holds.
   *
   * @param withPrivateKey those entries of the store that have their private keys
   * @param certificate tells the certificate of an entry
   */
  public static <T> Selection<T> select(
      List<T> withPrivateKey, Function<T, X509Certificate> certificate) {
    if (withPrivateKey.isEmpty()) {
      return new Selection.None<>(NoneReason.NO_CERTIFICATE);
    }
    List<T> fit = new ArrayList<>();
    for (T entry : withPrivateKey) {
      if (KeyUsage.of(certificate.apply(entry))
          .map(usages -> usages.contains(KeyUsage.DIGITAL_SIGNATURE))
          .orElse(true)) {
        fit.add(entry);
      }
    }
    if (fit.isEmpty()) {
      return new Selection.None<>(NoneReason.ALL_UNFIT_KEY_USAGE);
    }
    Preference best =
        fit.stream()
            .map(entry -> Preference.of(certificate.apply(entry)))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Comparator<T> latestFirst =
        Comparator.comparing(
            entry -> certificate.apply(entry).getNotBefore(), Comparator.reverseOrder());
    List<T> candidates =
        fit.stream()
            .filter(entry -> Preference.of(certificate.apply(entry)) == best)
            .sorted(
                latestFirst.thenComparing(
                    entry -> CertificateFields.thumbprint(certificate.apply(entry))))
            .toList();
    return new Selection.Chosen<>(candidates.get(0), best, candidates);
  }
}
