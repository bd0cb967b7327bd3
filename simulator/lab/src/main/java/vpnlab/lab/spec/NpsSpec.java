package vpnlab.lab.spec;

import java.util.List;
import java.util.Map;
import vpnlab.protocol.radius.AddressRange;

/** The Network Policy Server. */
public record NpsSpec(
    String host,
    boolean running,
    int port,
    Map<String, RadiusClientSpec> clients,
    Map<String, PolicySpec> policies) {

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
        r.maps("policies", PolicySpec::of));
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
   */
  public record PolicySpec(
      int order,
      List<String> groups,
      List<String> nasPortTypes,
      boolean grant,
      List<String> methods,
      PeapSpec peap) {
    static PolicySpec of(SpecReader r) {
      return new PolicySpec(
          r.integer("order", 1, 0, 1_000_000),
          r.texts("groups"),
          r.texts("nasPortTypes"),
          r.oneOf("access", "grant", List.of("grant", "deny")).equals("grant"),
          r.checkedTexts("methods", NpsSpec::checkMethod),
          r.map("peap", PeapSpec::of));
    }
  }
}
