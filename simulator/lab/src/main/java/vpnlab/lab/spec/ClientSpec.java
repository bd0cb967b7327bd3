package vpnlab.lab.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import vpnlab.protocol.ike.IkeProposals;
import vpnlab.protocol.ike.Mobility;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/**
 * A VPN client; its host has the same name.
 *
 * @param nameServer address of the name server that it asks
 * @param fragmentation whether it offers IKE fragmentation (RFC 7383)
 * @param retransmission how it repeats unanswered IKE requests
 */
public record ClientSpec(
    String nameServer,
    boolean fragmentation,
    Retransmission retransmission,
    Map<String, ProfileSpec> profiles) {

  static ClientSpec of(SpecReader r) {
    return new ClientSpec(
        r.checkedText("nameServer", "", Ipv4Address::parse),
        r.bool("fragmentation", true),
        r.map("retransmission", Retransmission::of),
        r.maps("profiles", ProfileSpec::of));
  }

  /**
   * When an unanswered IKE request is sent again: after {@code first}, then after twice as long
   * each time but at most {@code cap}, {@code times} times in all.
   */
  public record Retransmission(Duration first, Duration cap, int times) {
    static Retransmission of(SpecReader r) {
      Duration least = Duration.ofMillis(1);
      Duration first = r.duration("first", Duration.ofSeconds(1), least);
      Duration cap = r.duration("cap", Duration.ofSeconds(16), least);
      if (first.compareTo(cap) > 0) {
        r.problem(
            r.has("first") ? "first" : "cap",
            r.has("first")
                ? "is longer than the cap of " + text(cap)
                : "is shorter than the first of " + text(first),
            "");
      }
      return new Retransmission(first, cap, r.integer("times", 6, 0, 30));
    }

    private static String text(Duration time) {
      return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
  }

  /**
   * A VPN profile.
   *
   * @param server what is dialed: a DNS name or an address
   * @param routes CIDR blocks that go through the tunnel (split tunneling); empty for everything
   * @param mobike whether the connection may follow a change of network (RFC 4555)
   * @param networkOutageTime how long the network may be away before the connection is given up
   * @param proposals {@code windows-default} or a list such as {@code aes256-sha256-modp2048}
   * @param serverValidation of the certificate of NPS, in EAP-TLS and PEAP
   * @param access conditional access, and which certificates may be presented
   */
  public record ProfileSpec(
      String server,
      String tunnel,
      String authentication,
      String user,
      String password,
      String preSharedKey,
      List<String> routes,
      boolean mobike,
      Duration networkOutageTime,
      List<String> proposals,
      ServerValidationSpec serverValidation,
      PeapSpec peap,
      ConditionalAccess access) {
    static ProfileSpec of(SpecReader r) {
      return new ProfileSpec(
          r.requiredText("server"),
          r.oneOf("tunnel", "ikev2", List.of("ikev2")),
          r.oneOf(
              "authentication",
              "eap-mschapv2",
              List.of(
                  "eap-mschapv2",
                  "eap-tls",
                  "peap-eap-mschapv2",
                  "peap-eap-tls",
                  "machine-certificate",
                  "psk")),
          r.text("user", ""),
          r.text("password", ""),
          r.text("preSharedKey", ""),
          r.checkedTexts("routes", Ipv4Network::parse),
          r.bool("mobike", true),
          r.duration("networkOutageTime", Mobility.OUTAGE_LIMIT, Duration.ZERO),
          r.checkedTexts("proposals", IkeProposals::ike),
          r.map("serverValidation", ServerValidationSpec::of),
          r.map("peap", PeapSpec::of),
          ConditionalAccess.of(r));
    }
  }
}
