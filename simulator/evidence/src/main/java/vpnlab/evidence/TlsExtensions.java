package vpnlab.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The certificate filter of a profile: {@code FilteringInfo} within {@code TLSExtensions} of its
 * EAP-TLS configuration.
 *
 * @param ekuMapping {@code EKUMapping}: EKUName to EKUOID
 * @param clientAuthEkus {@code ClientAuthEKUList}: the EKUNames of which a client's certificate
 *     must have every one
 */
public record TlsExtensions(Map<String, String> ekuMapping, List<String> clientAuthEkus) {
  public TlsExtensions {
    ekuMapping = Collections.unmodifiableMap(new LinkedHashMap<>(ekuMapping));
    clientAuthEkus = List.copyOf(clientAuthEkus);
  }

  /**
   * The object identifiers that a certificate must have. A name without a mapping filters nothing,
   * and an empty set lets every certificate through.
   */
  public Set<String> requiredOids() {
    Set<String> oids = new LinkedHashSet<>();
    for (String name : clientAuthEkus) {
      String oid = ekuMapping.get(name);
      if (oid != null) {
        oids.add(oid);
      }
    }
    return oids;
  }
}
