package vpnlab.lab.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.PeerCertificates;
import vpnlab.lab.host.StoredKey;
import vpnlab.lab.host.UserPrincipalName;
import vpnlab.protocol.eap.CertificateAndKey;
import vpnlab.protocol.eap.CertificateVerdict;
import vpnlab.protocol.eap.CertificateVerdict.Refused;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerConfig;
import vpnlab.protocol.eap.EapPeerMethod;
import vpnlab.protocol.eap.EapTlsOptions;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainError;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.protocol.x509.ChainResult;
import vpnlab.protocol.x509.KeyPurpose;
import vpnlab.wire.Octets;

/** The EAP peer that a profile asks for. */
final class EapSetup {
  private static final int SERVER_CERT_INVALID = 857;
  private static final int SERVER_CERT_EXPIRED = 858;
  private static final int SERVER_ROOT_NOT_FOUND = 864;

  private final Machine machine;

  private EapSetup(Machine machine) {
    this.machine = machine;
  }

  /** Empty when the profile authenticates without EAP. */
  static Optional<EapPeer> peer(Machine machine, DialRequest request) {
    EapSetup setup = new EapSetup(machine);
    return switch (request.authentication()) {
      case "eap-mschapv2" ->
          Optional.of(
              setup.peer(request, new EapPeerMethod.MsChapV2(request.user(), request.password())));
      case "eap-tls" -> Optional.of(setup.peer(request, setup.tls(request)));
      default -> Optional.empty();
    };
  }

  /** Whether the profile's method proves the user by a certificate. */
  static boolean needsCertificate(DialRequest request) {
    return request.authentication().equals("eap-tls");
  }

  private EapPeer peer(DialRequest request, EapPeerMethod method) {
    return new EapPeer(new EapPeerConfig(identity(request), List.of(method)), machine.random());
  }

  /** What the user typed, or else whom the user's certificate names, as Windows does. */
  private String identity(DialRequest request) {
    if (!request.user().isEmpty()) {
      return request.user();
    }
    return machine.stores().withKey("user-my").stream()
        .findFirst()
        .map(StoredKey::certificate)
        .map(
            own ->
                UserPrincipalName.of(CertificateFields.der(own))
                    .orElseGet(
                        () -> CertificateFields.commonNames(own).stream().findFirst().orElse("")))
        .orElse("");
  }

  /** With the user's certificate; without one the attempt ends before TLS begins. */
  private EapPeerMethod tls(DialRequest request) {
    Optional<CertificateAndKey> own =
        ClientCertificateChoice.of(machine, request.access().tlsExtensions())
            .map(
                entry ->
                    new CertificateAndKey(
                        entry.chain().stream().map(CertificateFields::der).toList(),
                        entry.key().orElseThrow()));
    return new EapPeerMethod.Tls(own, this::judge, EapTlsOptions.DEFAULT);
  }

  /** The certificate of NPS, by the machine's roots; the profile names no server here. */
  private CertificateVerdict judge(Instant now, List<Octets> chain) {
    ChainPolicy policy = ChainPolicy.base().requiring(KeyPurpose.SERVER_AUTH, false);
    PeerCertificates.Judgement judgement =
        new PeerCertificates(machine).judge(now, chain, policy, "CERT_CHAIN_POLICY_BASE (EAP-TLS)");
    if (judgement.accepted()) {
      return new CertificateVerdict.Accepted();
    }
    ChainResult result = judgement.chain().orElse(null);
    if (result != null
        && (result.has(ChainError.UNTRUSTED_ROOT) || result.has(ChainError.PARTIAL_CHAIN))) {
      return new Refused(SERVER_ROOT_NOT_FOUND, judgement.text(), Refused.UNKNOWN_CA);
    } else if (result != null && result.has(ChainError.NOT_TIME_VALID)) {
      return new Refused(SERVER_CERT_EXPIRED, judgement.text(), Refused.CERTIFICATE_EXPIRED);
    }
    return new Refused(SERVER_CERT_INVALID, judgement.text(), Refused.BAD_CERTIFICATE);
  }
}
