package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/**
 * What a configuration attribute tells (RFC 7296 section 3.15.1; MS-IKEE for 23456 and 23457).
 * Unknown numbers are legal.
 */
public record ConfigurationAttributeType(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final ConfigurationAttributeType INTERNAL_IP4_ADDRESS =
      known(1, "INTERNAL_IP4_ADDRESS");
  public static final ConfigurationAttributeType INTERNAL_IP4_NETMASK =
      known(2, "INTERNAL_IP4_NETMASK");
  public static final ConfigurationAttributeType INTERNAL_IP4_DNS = known(3, "INTERNAL_IP4_DNS");
  public static final ConfigurationAttributeType INTERNAL_IP4_NBNS = known(4, "INTERNAL_IP4_NBNS");
  public static final ConfigurationAttributeType INTERNAL_IP4_DHCP = known(6, "INTERNAL_IP4_DHCP");
  public static final ConfigurationAttributeType APPLICATION_VERSION =
      known(7, "APPLICATION_VERSION");
  public static final ConfigurationAttributeType INTERNAL_IP6_ADDRESS =
      known(8, "INTERNAL_IP6_ADDRESS");
  public static final ConfigurationAttributeType INTERNAL_IP6_DNS = known(10, "INTERNAL_IP6_DNS");
  public static final ConfigurationAttributeType INTERNAL_IP6_DHCP = known(12, "INTERNAL_IP6_DHCP");
  public static final ConfigurationAttributeType INTERNAL_IP4_SUBNET =
      known(13, "INTERNAL_IP4_SUBNET");
  public static final ConfigurationAttributeType SUPPORTED_ATTRIBUTES =
      known(14, "SUPPORTED_ATTRIBUTES");
  public static final ConfigurationAttributeType INTERNAL_IP6_SUBNET =
      known(15, "INTERNAL_IP6_SUBNET");
  public static final ConfigurationAttributeType INTERNAL_DNS_DOMAIN =
      known(25, "INTERNAL_DNS_DOMAIN");
  public static final ConfigurationAttributeType INTERNAL_IP4_SERVER =
      known(23456, "INTERNAL_IP4_SERVER");
  public static final ConfigurationAttributeType INTERNAL_IP6_SERVER =
      known(23457, "INTERNAL_IP6_SERVER");

  private static ConfigurationAttributeType known(int code, String name) {
    NAMES.put(code, name);
    return new ConfigurationAttributeType(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code ATTRIBUTE} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "ATTRIBUTE(" + code + ")" : name;
  }
}
