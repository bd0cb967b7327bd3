package vpnlab.lab.client;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vpnlab.evidence.ServerValidation;
import vpnlab.lab.host.PeerCertificates;
import vpnlab.protocol.eap.CertificateJudge;
import vpnlab.protocol.eap.CertificateVerdict;
import vpnlab.protocol.eap.CertificateVerdict.Refused;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainError;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.protocol.x509.ChainResult;
import vpnlab.protocol.x509.KeyPurpose;
import vpnlab.wire.Octets;

/**
 * The client's look at the certificate of NPS in EAP-TLS and PEAP: the chain in the computer's
 * stores, time, Server Authentication, and then what the profile itself asks for, the roots that
 * are ticked and the server's names. Nobody is prompted.
 */
record AuthenticationServerCheck(PeerCertificates certificates, ServerValidation validation)
    implements CertificateJudge {
  private static final int VALIDATION_FAILED = 801; // ERROR_VALIDATING_SERVER_CERT
  private static final int SERVER_CERT_INVALID = 857;
  private static final int SERVER_CERT_EXPIRED = 858;
  private static final int SERVER_CERT_REVOKED = 859;
  private static final int SERVER_ROOT_NOT_FOUND = 864;
  private static final int NAME_REQUIRED = 866;

  @Override
  public CertificateVerdict judge(Instant now, List<Octets> chain) {
    if (!validation.enabled()) {
      return new CertificateVerdict.Accepted();
    }
    ChainPolicy policy = ChainPolicy.base().requiring(KeyPurpose.SERVER_AUTH, false);
    PeerCertificates.Judgement judgement =
        certificates.judge(now, chain, policy, "CERT_CHAIN_POLICY_BASE (EAP server)");
    Optional<Refused> refusal =
        judgement.accepted() ? byProfile(judgement) : Optional.of(byChain(judgement));
    return refusal.isPresent() ? refusal.get() : new CertificateVerdict.Accepted();
  }

  private static Refused byChain(PeerCertificates.Judgement judgement) {
    ChainResult result = judgement.chain().orElse(null);
    String text = judgement.text();
    if (result == null) {
      return new Refused(SERVER_CERT_INVALID, text, Refused.BAD_CERTIFICATE);
    } else if (result.has(ChainError.UNTRUSTED_ROOT) || result.has(ChainError.PARTIAL_CHAIN)) {
      return new Refused(SERVER_ROOT_NOT_FOUND, text, Refused.UNKNOWN_CA);
    } else if (result.has(ChainError.NOT_TIME_VALID)) {
      return new Refused(SERVER_CERT_EXPIRED, text, Refused.CERTIFICATE_EXPIRED);
    } else if (result.has(ChainError.REVOKED)) {
      return new Refused(SERVER_CERT_REVOKED, text, Refused.CERTIFICATE_REVOKED);
    }
    return new Refused(SERVER_CERT_INVALID, text, Refused.BAD_CERTIFICATE);
  }

  private Optional<Refused> byProfile(PeerCertificates.Judgement judgement) {
    List<X509Certificate> path = judgement.chain().orElseThrow().chain();
    String root = CertificateFields.thumbprint(path.get(path.size() - 1));
    if (!validation.trustedRoots().isEmpty()
        && validation.trustedRoots().stream().noneMatch(root::equalsIgnoreCase)) {
      return Optional.of(
          new Refused(
              SERVER_ROOT_NOT_FOUND,
              "the profile does not trust root " + root,
              Refused.UNKNOWN_CA));
    }
    List<String> names = names(judgement.certificate().orElseThrow());
    if (validation.serverNames().isEmpty() || names.stream().anyMatch(this::isExpected)) {
      return Optional.empty();
    }
    return Optional.of(
        new Refused(
            names.isEmpty() ? NAME_REQUIRED : VALIDATION_FAILED,
            "the profile expects " + validation.serverNames() + ", not " + names,
            Refused.BAD_CERTIFICATE));
  }

  /** The subject's common name counts beside the alternative names, as in Windows. */
  private static List<String> names(X509Certificate certificate) {
    return Stream.concat(
            CertificateFields.dnsNames(certificate).stream(),
            CertificateFields.commonNames(certificate).stream())
        .distinct()
        .toList();
  }

  private boolean isExpected(String name) {
    return validation.serverNames().stream()
        .anyMatch(
            expected ->
                Pattern.compile(expected, Pattern.CASE_INSENSITIVE).matcher(name).matches());
  }
}
