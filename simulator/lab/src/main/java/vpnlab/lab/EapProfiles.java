package vpnlab.lab;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import vpnlab.evidence.ServerValidation;
import vpnlab.lab.client.EapSettings;
import vpnlab.lab.spec.ClientSpec.ProfileSpec;
import vpnlab.lab.spec.PeapSpec;
import vpnlab.lab.spec.ServerValidationSpec;
import vpnlab.protocol.eap.PeapOptions;
import vpnlab.protocol.eap.PeapOptions.Cryptobinding;
import vpnlab.protocol.eap.TlsSessionCache;

/** The EAP sections of the clients' profiles, and the TLS sessions that clients remember. */
final class EapProfiles {
  /** As Windows keeps them by default. */
  private static final Duration SESSION_LIFETIME = Duration.ofHours(10);

  private final LabCertificates certificates;
  private final Map<String, TlsSessionCache> sessions = new HashMap<>();

  EapProfiles(LabCertificates certificates) {
    this.certificates = certificates;
  }

  EapSettings settings(String client, String name, ProfileSpec profile) {
    PeapSpec peap = profile.peap();
    Optional<TlsSessionCache> remembered =
        peap.fastReconnect()
            ? Optional.of(
                sessions.computeIfAbsent(
                    client + "/" + name, key -> new TlsSessionCache(SESSION_LIFETIME, 1)))
            : Optional.empty();
    return new EapSettings(
        validate(profile), PeapOptions.DEFAULT.with(peap.cryptobinding()), remembered);
  }

  /** What the phone book shows; empty for methods in which NPS shows no certificate. */
  Optional<ServerValidation> validation(ProfileSpec profile) {
    String method = profile.authentication();
    return method.equals("eap-tls") || method.startsWith("peap-")
        ? Optional.of(validate(profile))
        : Optional.empty();
  }

  private ServerValidation validate(ProfileSpec profile) {
    ServerValidationSpec spec = profile.serverValidation();
    return new ServerValidation(
        spec.enabled(),
        spec.trustedRoots().stream().map(certificates::thumbprint).toList(),
        spec.serverNames(),
        profile.peap().cryptobinding() == Cryptobinding.REQUIRED);
  }
}
