package vpnlab.lab.client;

import java.util.List;
import java.util.Optional;
import vpnlab.lab.host.CertificateEvents;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.PeerCertificates;
import vpnlab.lab.host.StoredKey;
import vpnlab.lab.host.UserPrincipalName;
import vpnlab.protocol.eap.CertificateAndKey;
import vpnlab.protocol.eap.CertificateVerdict;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerConfig;
import vpnlab.protocol.eap.EapPeerMethod;
import vpnlab.protocol.eap.EapTlsOptions;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapType;

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

  /** Whether the profile's method begins with this packet and lacks the certificate it needs. */
  static boolean lacksCertificate(Machine machine, DialRequest request, Octets packet) {
    Optional<EapType> outer =
        switch (request.authentication()) {
          case "eap-tls" -> Optional.of(EapType.TLS);
          case "peap-eap-tls" -> Optional.of(EapType.PEAP);
          default -> Optional.empty();
        };
    try {
      return outer.isPresent()
          && EapPacket.decode(packet).type().equals(outer)
          && ClientCertificateChoice.of(machine, request.access().tlsExtensions()).isEmpty();
    } catch (MalformedMessageException e) {
      return false; // the EAP peer will say what is wrong with it
    }
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

  /** With the user's certificate; without one the attempt ends before TLS begins. */
  private EapPeerMethod tls(DialRequest request) {
    Optional<StoredKey> own = ClientCertificateChoice.of(machine, request.access().tlsExtensions());
    AuthenticationServerCheck check = check(request);
    return new EapPeerMethod.Tls(
        own.map(
            entry ->
                new CertificateAndKey(
                    entry.chain().stream().map(CertificateFields::der).toList(),
                    entry.key().orElseThrow())),
        (now, chain) -> {
          CertificateVerdict verdict = check.judge(now, chain);
          if (verdict instanceof CertificateVerdict.Accepted) {
            // What TLS does next with a server that is in order: prove the user.
            own.map(StoredKey::certificate)
                .ifPresent(new CertificateEvents(machine.log())::keyAcquired);
          }
          return verdict;
        },
        EapTlsOptions.DEFAULT);
  }
}
