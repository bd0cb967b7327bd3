package vpnlab.lab.servers;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.lab.directory.Directory.Restriction;
import vpnlab.lab.host.Machine;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.protocol.x509.ChainResult;
import vpnlab.protocol.x509.KeyPurpose;
import vpnlab.wire.Octets;

/**
 * What NPS demands of a client's certificate once TLS has proved that the client holds its key:
 * that somebody can tell that it is not revoked, and one of the purposes that the network policy
 * allows (its setting Allowed-Certificate-OID).
 */
final class ClientCertificatePolicy {
  private final Machine machine;
  private final RevocationCheck revocation;

  ClientCertificatePolicy(Machine machine, RevocationCheck revocation) {
    this.machine = machine;
    this.revocation = revocation;
  }

  /**
   * What stands against the client's certificate.
   *
   * @param sent as in TLS, the client's own first; empty when it proved itself otherwise
   * @param allowedOids of the network policy; empty for no such setting
   */
  Optional<Restriction> objection(List<Octets> sent, List<String> allowedOids) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Octets der : sent) {
      try {
        certificates.add(CertificateFields.decode(der));
      } catch (CertificateException e) {
        break; // the chain up to here was good enough for TLS
      }
    }
    if (certificates.isEmpty()) {
      return Optional.empty();
    }
    X509Certificate own = certificates.get(0);
    ChainResult chain =
        machine
            .stores()
            .machineChainEngine()
            .evaluate(
                own,
                certificates.subList(1, certificates.size()),
                machine.now(),
                ChainPolicy.client());
    return revocation
        .objection(chain.chain(), machine.now())
        .or(() -> purposeMissing(own, allowedOids));
  }

  private static Optional<Restriction> purposeMissing(
      X509Certificate own, List<String> allowedOids) {
    List<KeyPurpose> has = CertificateFields.purposes(own).orElse(List.of());
    return allowedOids.isEmpty()
            || allowedOids.stream().map(KeyPurpose::parse).anyMatch(has::contains)
        ? Optional.empty()
        : Optional.of(
            new Restriction(
                73, "The certificate has none of the purposes that the policy allows.", 0));
  }
}
