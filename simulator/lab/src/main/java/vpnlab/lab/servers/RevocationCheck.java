package vpnlab.lab.servers;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vpnlab.lab.directory.Directory.Restriction;
import vpnlab.lab.host.CertificateEvents;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.RevocationLists;
import vpnlab.lab.spec.RevocationSpec;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.protocol.x509.ChainPolicy.Revocation;
import vpnlab.wire.ip.Ipv4Address;

/**
 * NPS's look at revocation, by the registry values of {@code RasMan\PPP\EAP\13}. A certificate that
 * a list at hand revokes is refused within TLS; one whose state nobody can tell is refused once TLS
 * is through, for then it is clear whose it is.
 */
final class RevocationCheck {
  private static final int REVOKED = 0x80092010; // CRYPT_E_REVOKED
  private static final int NO_CHECK = 0x80092012; // CRYPT_E_NO_REVOCATION_CHECK
  private static final int OFFLINE = 0x80092013; // CRYPT_E_REVOCATION_OFFLINE

  private final RevocationSpec settings;
  private final RevocationLists lists;
  private final CertificateEvents events;

  RevocationCheck(Machine machine, RevocationSpec settings) {
    this.settings = settings;
    this.events = new CertificateEvents(machine.log());
    this.lists =
        new RevocationLists(
            machine,
            settings.nameServer().isEmpty()
                ? Optional.empty()
                : Optional.of(Ipv4Address.parse(settings.nameServer()).toInetAddress()));
  }

  /** Fetches what will be needed. */
  void start() {
    if (!settings.noRevocationCheck()) {
      lists.prefetch();
    }
  }

  /** With what the lists at hand say. */
  ChainPolicy within(ChainPolicy policy) {
    return settings.noRevocationCheck()
        ? policy
        : policy.withRevocation(Revocation.IF_AVAILABLE, lists.atHand());
  }

  /** Writes that a list at hand revokes the certificate. */
  void revoked(X509Certificate certificate) {
    events.revocationVerified(CertificateFields.subject(certificate), REVOKED);
  }

  /**
   * What stands against a chain whose revocation cannot be told.
   *
   * @param chain from the certificate to its root, which needs no list
   */
  Optional<Restriction> objection(List<X509Certificate> chain, Instant now) {
    if (settings.noRevocationCheck()) {
      return Optional.empty();
    }
    for (X509Certificate certificate : chain.subList(0, chain.size() - 1)) {
      int state = state(certificate, now);
      events.revocationVerified(CertificateFields.subject(certificate), state);
      if (state == NO_CHECK && !settings.ignoreNoRevocationCheck()) {
        return Optional.of(
            new Restriction(
                258,
                "Revocation of the certificate cannot be checked: it names no revocation list.",
                0));
      } else if (state == OFFLINE && !settings.ignoreRevocationOffline()) {
        return Optional.of(
            new Restriction(
                259, "Revocation of the certificate cannot be checked: no current list.", 0));
      }
    }
    return Optional.empty();
  }

  private int state(X509Certificate certificate, Instant now) {
    if (CertificateFields.crlDistributionPoints(certificate).isEmpty()) {
      return NO_CHECK;
    }
    Optional<X509CRL> list = lists.of(certificate);
    if (list.isEmpty()) {
      return OFFLINE;
    }
    Instant next = list.get().getNextUpdate().toInstant();
    if (now.isAfter(next)) {
      events.listRejected(CertificateFields.issuer(certificate), next, OFFLINE);
      return OFFLINE;
    }
    return 0;
  }
}
