package vpnlab.evidence;

import java.time.Instant;
import java.util.List;

/**
 * What {@code certutil -store} lists of a certificate store: no certificates, but what a person
 * reads there. That a store was listed and is empty is a fact, too.
 *
 * @param host whose store
 * @param store Windows' name of the store, as in {@link StoredCertificate}
 * @param whole whether nothing is missing in the list, so that what is not in it is not in the
 *     store
 */
public record StoreListing(String host, String store, boolean whole, List<Entry> entries) {
  public StoreListing {
    entries = List.copyOf(entries);
  }

  /**
   * A certificate of the list. Its purposes are not in it.
   *
   * @param notBefore to the minute, as is {@code notAfter}
   * @param thumbprint SHA-1 of the certificate, hexadecimal in lower case
   * @param privateKey whether the list shows a private key that can be used
   */
  public record Entry(
      String serialNumber,
      String issuer,
      String subject,
      Instant notBefore,
      Instant notAfter,
      String thumbprint,
      boolean privateKey) {}
}
