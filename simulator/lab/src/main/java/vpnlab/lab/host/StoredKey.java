package vpnlab.lab.host;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A certificate in a store.
 *
 * @param key its private key, when that is in the store too
 * @param chain the certificate and what lies between it and its root, the root left out
 */
public record StoredKey(
    X509Certificate certificate, Optional<PrivateKey> key, List<X509Certificate> chain) {
  public StoredKey {
    chain = List.copyOf(chain);
  }
}
