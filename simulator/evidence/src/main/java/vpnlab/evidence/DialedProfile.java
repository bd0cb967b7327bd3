package vpnlab.evidence;

import java.util.List;
import java.util.Optional;

/**
 * The VPN profile as the phone book shows it.
 *
 * @param name name of the connection
 * @param server what the user dials: a DNS name or an IP address
 * @param tunnelType {@code ikev2}
 * @param authentication {@code eap-mschapv2}, {@code eap-tls}, {@code peap-eap-mschapv2}, {@code
 *     peap-eap-tls}, {@code machine-certificate} or {@code psk}
 * @param userName the user name, empty for machine authentication
 * @param ikeProposals the IKE proposals offered, in the notation {@code aes256-sha256-modp2048}
 * @param serverValidation how the certificate of NPS is judged; empty for methods that see none
 * @param deviceCompliance whether conditional access is on ({@code DeviceCompliance/Enabled}): the
 *     client asks the cloud for a certificate before it dials
 * @param tlsExtensions which of the user's certificates may be presented; empty for no such section
 */
public record DialedProfile(
    String name,
    String server,
    String tunnelType,
    String authentication,
    String userName,
    List<String> ikeProposals,
    Optional<ServerValidation> serverValidation,
    boolean deviceCompliance,
    Optional<TlsExtensions> tlsExtensions) {
  /** For methods in which the client sees no certificate of NPS. */
  public DialedProfile(
      String name,
      String server,
      String tunnelType,
      String authentication,
      String userName,
      List<String> ikeProposals) {
    this(name, server, tunnelType, authentication, userName, ikeProposals, Optional.empty());
  }

  public DialedProfile {
    ikeProposals = List.copyOf(ikeProposals);
  }

  /** Without conditional access. */
  public DialedProfile(
      String name,
      String server,
      String tunnelType,
      String authentication,
      String userName,
      List<String> ikeProposals,
      Optional<ServerValidation> serverValidation) {
    this(
        name,
        server,
        tunnelType,
        authentication,
        userName,
        ikeProposals,
        serverValidation,
        false,
        Optional.empty());
  }
}
