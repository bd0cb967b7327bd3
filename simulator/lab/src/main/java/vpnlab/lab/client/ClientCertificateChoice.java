package vpnlab.lab.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vpnlab.evidence.TlsExtensions;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.StoredKey;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.KeyPurpose;

/**
 * Which of the user's certificates EAP-TLS presents. A profile's filter ({@code FilteringInfo} in
 * its {@code TLSExtensions}) lets only valid certificates through that have every purpose of its
 * list. Without a filter any certificate will do: a valid one for client authentication first, then
 * whatever is there, for the server to refuse.
 */
public final class ClientCertificateChoice {
  private ClientCertificateChoice() {}

  /** Empty when no certificate is left. */
  public static Optional<StoredKey> of(Machine machine, Optional<TlsExtensions> filter) {
    List<StoredKey> candidates = machine.stores().withKey("user-my");
    Set<String> required = filter.map(TlsExtensions::requiredOids).orElse(Set.of());
    Instant now = machine.now();
    Optional<StoredKey> fitting =
        candidates.stream()
            .filter(entry -> inTime(entry, now))
            .filter(ClientCertificateChoice::authenticatesClients)
            .filter(entry -> purposes(entry).containsAll(required))
            .findFirst();
    return fitting.isPresent() || !required.isEmpty() ? fitting : candidates.stream().findFirst();
  }

  private static boolean inTime(StoredKey entry, Instant now) {
    return !now.isBefore(entry.certificate().getNotBefore().toInstant())
        && !now.isAfter(entry.certificate().getNotAfter().toInstant());
  }

  /** A certificate that names no purposes is good for all. */
  private static boolean authenticatesClients(StoredKey entry) {
    return CertificateFields.purposes(entry.certificate())
        .map(purposes -> purposes.contains(KeyPurpose.CLIENT_AUTH))
        .orElse(true);
  }

  private static Set<String> purposes(StoredKey entry) {
    return CertificateFields.purposes(entry.certificate()).orElse(List.of()).stream()
        .map(KeyPurpose::oid)
        .collect(Collectors.toSet());
  }
}
