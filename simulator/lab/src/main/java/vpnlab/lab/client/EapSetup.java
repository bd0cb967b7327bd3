package vpnlab.lab.client;

import java.util.List;
import java.util.Optional;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.PeerCertificates;
import vpnlab.lab.host.StoredKey;
import vpnlab.lab.host.UserPrincipalName;
import vpnlab.protocol.eap.CertificateAndKey;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerConfig;
import vpnlab.protocol.eap.EapPeerMethod;
import vpnlab.protocol.eap.EapTlsOptions;
import vpnlab.protocol.x509.CertificateFields;

/** The EAP peer that a profile asks for. */
final class EapSetup {
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
      case "peap-eap-mschapv2" ->
          Optional.of(
              setup.peap(request, new EapPeerMethod.MsChapV2(request.user(), request.password())));
      case "peap-eap-tls" -> Optional.of(setup.peap(request, setup.tls(request)));
      default -> Optional.empty();
    };
  }

  private EapPeer peer(DialRequest request, EapPeerMethod method) {
    return new EapPeer(new EapPeerConfig(identity(request), List.of(method)), machine.random());
  }

  /** The same identity outside and inside: Windows' identity privacy is off by default. */
  private EapPeer peap(DialRequest request, EapPeerMethod inner) {
    EapPeerConfig phase2 = new EapPeerConfig(identity(request), List.of(inner));
    return peer(request, new EapPeerMethod.Peap(phase2, check(request), request.eap().options()));
  }

  private AuthenticationServerCheck check(DialRequest request) {
    return new AuthenticationServerCheck(new PeerCertificates(machine), request.eap().validation());
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

  /** With the user's certificate; without one TLS goes on, and the server will refuse. */
  private EapPeerMethod tls(DialRequest request) {
    Optional<CertificateAndKey> own =
        machine.stores().withKey("user-my").stream()
            .findFirst()
            .map(
                entry ->
                    new CertificateAndKey(
                        entry.chain().stream().map(CertificateFields::der).toList(),
                        entry.key().orElseThrow()));
    return new EapPeerMethod.Tls(own, check(request), EapTlsOptions.DEFAULT);
  }
}
