package vpnlab.lab.host;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import vpnlab.evidence.StoredCertificate;
import vpnlab.lab.spec.NetworkSpec.HostSpec;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainEngine;

/** The certificate stores of a host, by their names in lab files ({@code machine-root} ...). */
public final class CertificateStores {
  private final Map<String, List<StoredKey>> stores = new LinkedHashMap<>();

  public void add(String store, StoredKey entry) {
    stores.computeIfAbsent(store, name -> new ArrayList<>()).add(entry);
  }

  public void removeIf(String store, Predicate<StoredKey> condition) {
    stores.getOrDefault(store, new ArrayList<>()).removeIf(condition);
  }

  public List<X509Certificate> certificates(String store) {
    return stores.getOrDefault(store, List.of()).stream().map(StoredKey::certificate).toList();
  }

  /** Those certificates of a store whose private key is there. */
  public List<StoredKey> withKey(String store) {
    return stores.getOrDefault(store, List.of()).stream()
        .filter(entry -> entry.key().isPresent())
        .toList();
  }

  /** Chain building in the machine's context: the user's own stores do not count. */
  public ChainEngine machineChainEngine() {
    return new ChainEngine(certificates("machine-root"), certificates("machine-ca"));
  }

  /** What the certificate snap-in shows. */
  public List<StoredCertificate> listing(String host) {
    List<StoredCertificate> listing = new ArrayList<>();
    stores.forEach(
        (store, entries) ->
            entries.forEach(
                entry ->
                    listing.add(
                        new StoredCertificate(
                            host,
                            HostSpec.windowsName(store),
                            CertificateFields.der(entry.certificate()),
                            entry.key().isPresent()))));
    return listing;
  }
}
