package vpnlab.lab.client;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vpnlab.lab.spec.ConditionalAccess;

/**
 * A VPN profile with what the user types.
 *
 * @param connection the profile's name
 * @param server what is dialed and what the server's certificate must name
 * @param address where the server is, when that is not to be asked of DNS
 * @param authentication {@code eap-mschapv2}, {@code eap-tls}, {@code peap-eap-mschapv2}, {@code
 *     peap-eap-tls}, {@code machine-certificate} or {@code psk}
 * @param routes CIDR blocks that go through the tunnel; empty for everything
 * @param proposals IKE proposals; empty for Windows' own
 * @param eap what EAP-TLS and PEAP need to know
 * @param mobike whether the connection may follow a change of network (RFC 4555)
 * @param networkOutageTime how long the network may be away
 * @param access conditional access, and which of the user's certificates may be presented
 */
public record DialRequest(
    String connection,
    String server,
    Optional<InetAddress> address,
    String authentication,
    String user,
    String password,
    String preSharedKey,
    List<String> proposals,
    EapSettings eap,
    List<String> routes,
    boolean mobike,
    Duration networkOutageTime,
    ConditionalAccess access) {}
