package vpnlab.lab.spec;

import java.util.List;
import java.util.Map;
import vpnlab.protocol.radius.AddressRange;
import vpnlab.protocol.x509.KeyPurpose;
import vpnlab.wire.ip.Ipv4Address;

/** The Network Policy Server. */
public record NpsSpec(
    String host,
    boolean running,
    int port,
    Map<String, RadiusClientSpec> clients,
    Map<String, PolicySpec> policies,
    RevocationSpec revocation) {

  private static void checkMethod(String text) {
    List<String> known = List.of("eap-mschapv2", "eap-tls", "peap-eap-mschapv2", "peap-eap-tls");
    if (!known.contains(text)) {
      throw new IllegalArgumentException("known: " + String.join(", ", known));
    }
  }

  static NpsSpec of(SpecReader r) {
    return new NpsSpec(
        r.requiredText("host"),
        r.bool("running", true),
        r.integer("port", 1812, 1, 65535),
        r.maps("clients", RadiusClientSpec::of),
        r.maps("policies", PolicySpec::of),
        r.map("revocation", RevocationSpec::of));
  }

  /**
   * Whether clients' certificates are looked up in revocation lists: the values of {@code
   * RasMan\PPP\EAP\13} in the registry.
   *
   * @param noRevocationCheck no list is looked at
   * @param ignoreNoRevocationCheck a certificate without distribution point will do
   * @param ignoreRevocationOffline a list that cannot be had, or is too old, will do
   * @param nameServer whom NPS asks for the names in URLs; empty for nobody
   */
  public record RevocationSpec(
      boolean noRevocationCheck,
      boolean ignoreNoRevocationCheck,
      boolean ignoreRevocationOffline,
      String nameServer) {
    static RevocationSpec of(SpecReader r) {
      return new RevocationSpec(
          r.bool("noRevocationCheck", false),
          r.bool("ignoreNoRevocationCheck", false),
          r.bool("ignoreRevocationOffline", false),
          r.checkedText("nameServer", "", Ipv4Address::parse));
    }
  }

  /** A RADIUS client by address or CIDR. */
  public record RadiusClientSpec(String address, String secret) {
    static RadiusClientSpec of(SpecReader r) {
      return new RadiusClientSpec(
          r.checkedText("address", "", AddressRange::parse), r.requiredText("secret"));
    }
  }

  /**
   * A network policy.
   *
   * @param order policies are tried from the smallest on
   * @param groups the user must be in one of them; empty: no such condition
   * @param nasPortTypes RFC 2865 names, e.g. {@code virtual}; empty: no such condition
   * @param grant whether a match grants or denies access
   * @param methods allowed EAP methods, in order of preference; those inside PEAP are written
   *     {@code peap-eap-mschapv2} and {@code peap-eap-tls}
   * @param allowedCertificateOids purposes of which a client's certificate must have one; empty: no
   *     such demand
   */
  public record PolicySpec(
      int order,
      List<String> groups,
      List<String> nasPortTypes,
      boolean grant,
      List<String> methods,
      PeapSpec peap,
      List<String> allowedCertificateOids) {
    static PolicySpec of(SpecReader r) {
      return new PolicySpec(
          r.integer("order", 1, 0, 1_000_000),
          r.texts("groups"),
          r.texts("nasPortTypes"),
          r.oneOf("access", "grant", List.of("grant", "deny")).equals("grant"),
          r.checkedTexts("methods", NpsSpec::checkMethod),
          r.map("peap", PeapSpec::of),
          r.checkedTexts("allowedCertificateOids", KeyPurpose::parse));
    }
  }
}
