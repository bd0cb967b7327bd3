package vpnlab.lab.servers;

import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vpnlab.lab.servers.NetworkPolicies.NetworkPolicy;
import vpnlab.lab.spec.PolicySettings;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.VendorAttribute;

/** What an Access-Accept of NPS says beside the permission: the settings of the network policy. */
final class GrantedAttributes {
  private static final int FRAMED = 2;
  private static final int PPP = 1;

  /** RFC 2548, section 2.4.4. */
  private static final int ENCRYPTION_ALLOWED = 1;

  private static final int ENCRYPTION_REQUIRED = 2;

  private GrantedAttributes() {}

  /** For those who are let in without having been asked who they are. */
  static List<RadiusAttribute> withoutPolicy(String className) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.SERVICE_TYPE, FRAMED));
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.FRAMED_PROTOCOL, PPP));
    attributes.add(RadiusAttribute.text(RadiusAttributeType.CLASS, className));
    return attributes;
  }

  static List<RadiusAttribute> of(NetworkPolicy policy, String className) {
    List<RadiusAttribute> attributes = withoutPolicy(className);
    seconds(
        attributes,
        RadiusAttributeType.SESSION_TIMEOUT,
        policy.spec().constraints().sessionTimeout());
    seconds(
        attributes, RadiusAttributeType.IDLE_TIMEOUT, policy.spec().constraints().idleTimeout());
    PolicySettings settings = policy.spec().settings();
    seconds(attributes, RadiusAttributeType.ACCT_INTERIM_INTERVAL, settings.interimInterval());
    settings
        .framedAddress()
        .ifPresent(
            address ->
                attributes.add(
                    RadiusAttribute.address(
                        RadiusAttributeType.FRAMED_IP_ADDRESS,
                        (Inet4Address) address.toInetAddress())));
    settings
        .framedRoutes()
        .forEach(
            route -> attributes.add(RadiusAttribute.text(RadiusAttributeType.FRAMED_ROUTE, route)));
    attributes.addAll(encryption(settings.encryption()));
    if (settings.filters().input().isPresent() || settings.filters().output().isPresent()) {
      attributes.addAll(settings.filters().toAttributes());
    }
    return attributes;
  }

  /**
   * MS-CHAP-Domain (RFC 2548, section 2.1.7).
   *
   * @param identifier of the MS-CHAP exchange
   */
  static RadiusAttribute domain(int identifier, String domain) {
    return VendorAttribute.microsoft(
            VendorAttribute.MS_CHAP_DOMAIN,
            new OctetWriter()
                .u8(identifier)
                .octets(Octets.ofText(domain, StandardCharsets.UTF_8))
                .toOctets())
        .toAttribute();
  }

  /** The bits of section 2.4.5, and 0x08 for 56 bits, which NPS has added. */
  private static List<RadiusAttribute> encryption(List<String> levels) {
    int types =
        (levels.contains("basic") ? 0x02 : 0)
            | (levels.contains("strongest") ? 0x04 : 0)
            | (levels.contains("strong") ? 0x08 : 0);
    int policy = levels.contains("none") ? ENCRYPTION_ALLOWED : ENCRYPTION_REQUIRED;
    return List.of(
        number(VendorAttribute.MS_MPPE_ENCRYPTION_POLICY, policy),
        number(VendorAttribute.MS_MPPE_ENCRYPTION_TYPES, types));
  }

  private static RadiusAttribute number(int type, long value) {
    return VendorAttribute.microsoft(type, new OctetWriter().u32(value).toOctets()).toAttribute();
  }

  private static void seconds(
      List<RadiusAttribute> attributes, RadiusAttributeType type, Duration duration) {
    if (!duration.isZero()) {
      attributes.add(RadiusAttribute.integer(type, duration.toSeconds()));
    }
  }
}
