package vpnlab.diagnosis.facts;

import java.util.ArrayList;
import java.util.List;
import vpnlab.evidence.StoredCertificate;

/** The certificate stores of all hosts that the evidence shows. */
public final class CertificateStores {
  public static final String MACHINE_ROOT = "LocalMachine\\Root";
  public static final String MACHINE_CA = "LocalMachine\\CA";
  public static final String MACHINE_MY = "LocalMachine\\My";
  public static final String USER_ROOT = "CurrentUser\\Root";
  public static final String USER_CA = "CurrentUser\\CA";
  public static final String USER_MY = "CurrentUser\\My";

  private record Entry(String host, String store, CertificateView certificate, boolean key) {}

  private final List<Entry> entries = new ArrayList<>();

  CertificateStores(List<StoredCertificate> stored) {
    for (StoredCertificate one : stored) {
      CertificateView.parse(one.der())
          .ifPresent(
              view -> entries.add(new Entry(one.host(), one.store(), view, one.privateKey())));
    }
  }

  /**
   * Whether the evidence shows that store, so that what is not there does not exist: something of
   * it is there, or the machine's roots, which every computer has and which only come with the
   * rest.
   */
  public boolean isKnown(String host, String store) {
    return !of(host, store).isEmpty() || !of(host, MACHINE_ROOT).isEmpty();
  }

  public List<CertificateView> of(String host, String store) {
    return entries.stream()
        .filter(entry -> entry.host().equals(host) && entry.store().equals(store))
        .map(Entry::certificate)
        .toList();
  }

  /** Those of the store whose private key is there too. */
  public List<CertificateView> withKey(String host, String store) {
    return entries.stream()
        .filter(entry -> entry.host().equals(host) && entry.store().equals(store) && entry.key())
        .map(Entry::certificate)
        .toList();
  }

  public boolean holds(String host, String store, CertificateView certificate) {
    return of(host, store).contains(certificate);
  }

  /** Certificates of authorities in any store of any host but {@code except}. */
  public List<CertificateView> authoritiesElsewhere(String except) {
    return entries.stream()
        .filter(entry -> !entry.host().equals(except))
        .map(Entry::certificate)
        .filter(CertificateView::authority)
        .distinct()
        .toList();
  }

  /**
   * The way from a certificate up to its root, as far as certificates are at hand: in {@code sent}
   * and in the stores of {@code host}, those that the machine trusts first.
   */
  public List<CertificateView> path(CertificateView leaf, List<CertificateView> sent, String host) {
    List<CertificateView> candidates = new ArrayList<>(of(host, MACHINE_ROOT));
    candidates.addAll(sent);
    candidates.addAll(of(host, MACHINE_CA));
    candidates.addAll(of(host, USER_ROOT));
    candidates.addAll(of(host, USER_CA));
    List<CertificateView> path = new ArrayList<>(List.of(leaf));
    CertificateView top = leaf;
    while (!top.selfIssued()) {
      CertificateView below = top;
      CertificateView issuer =
          candidates.stream()
              .filter(candidate -> !path.contains(candidate) && below.issuedBy(candidate))
              .findFirst()
              .orElse(null);
      if (issuer == null) {
        break;
      }
      path.add(issuer);
      top = issuer;
    }
    return path;
  }
}
