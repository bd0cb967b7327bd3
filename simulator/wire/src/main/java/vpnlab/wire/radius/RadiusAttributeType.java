package vpnlab.wire.radius;

import java.util.Map;

/**
 * The Type field of a RADIUS attribute (RFC 2865, section 5; IANA's registry of RADIUS types). Any
 * number from 0 to 255 is legal.
 *
 * @param value the number on the wire
 */
public record RadiusAttributeType(int value) {
  public static final RadiusAttributeType USER_NAME = new RadiusAttributeType(1);
  public static final RadiusAttributeType USER_PASSWORD = new RadiusAttributeType(2);
  public static final RadiusAttributeType CHAP_PASSWORD = new RadiusAttributeType(3);
  public static final RadiusAttributeType NAS_IP_ADDRESS = new RadiusAttributeType(4);
  public static final RadiusAttributeType NAS_PORT = new RadiusAttributeType(5);
  public static final RadiusAttributeType SERVICE_TYPE = new RadiusAttributeType(6);
  public static final RadiusAttributeType FRAMED_PROTOCOL = new RadiusAttributeType(7);
  public static final RadiusAttributeType FRAMED_IP_ADDRESS = new RadiusAttributeType(8);
  public static final RadiusAttributeType FRAMED_IP_NETMASK = new RadiusAttributeType(9);
  public static final RadiusAttributeType FILTER_ID = new RadiusAttributeType(11);
  public static final RadiusAttributeType FRAMED_MTU = new RadiusAttributeType(12);
  public static final RadiusAttributeType LOGIN_IP_HOST = new RadiusAttributeType(14);
  public static final RadiusAttributeType REPLY_MESSAGE = new RadiusAttributeType(18);
  public static final RadiusAttributeType FRAMED_ROUTE = new RadiusAttributeType(22);
  public static final RadiusAttributeType STATE = new RadiusAttributeType(24);
  public static final RadiusAttributeType CLASS = new RadiusAttributeType(25);
  public static final RadiusAttributeType VENDOR_SPECIFIC = new RadiusAttributeType(26);
  public static final RadiusAttributeType SESSION_TIMEOUT = new RadiusAttributeType(27);
  public static final RadiusAttributeType IDLE_TIMEOUT = new RadiusAttributeType(28);
  public static final RadiusAttributeType TERMINATION_ACTION = new RadiusAttributeType(29);
  public static final RadiusAttributeType CALLED_STATION_ID = new RadiusAttributeType(30);
  public static final RadiusAttributeType CALLING_STATION_ID = new RadiusAttributeType(31);
  public static final RadiusAttributeType NAS_IDENTIFIER = new RadiusAttributeType(32);
  public static final RadiusAttributeType PROXY_STATE = new RadiusAttributeType(33);
  public static final RadiusAttributeType ACCT_STATUS_TYPE = new RadiusAttributeType(40);
  public static final RadiusAttributeType ACCT_DELAY_TIME = new RadiusAttributeType(41);
  public static final RadiusAttributeType ACCT_INPUT_OCTETS = new RadiusAttributeType(42);
  public static final RadiusAttributeType ACCT_OUTPUT_OCTETS = new RadiusAttributeType(43);
  public static final RadiusAttributeType ACCT_SESSION_ID = new RadiusAttributeType(44);
  public static final RadiusAttributeType ACCT_AUTHENTIC = new RadiusAttributeType(45);
  public static final RadiusAttributeType ACCT_SESSION_TIME = new RadiusAttributeType(46);
  public static final RadiusAttributeType ACCT_INPUT_PACKETS = new RadiusAttributeType(47);
  public static final RadiusAttributeType ACCT_OUTPUT_PACKETS = new RadiusAttributeType(48);
  public static final RadiusAttributeType ACCT_TERMINATE_CAUSE = new RadiusAttributeType(49);
  public static final RadiusAttributeType ACCT_MULTI_SESSION_ID = new RadiusAttributeType(50);
  public static final RadiusAttributeType ACCT_LINK_COUNT = new RadiusAttributeType(51);
  public static final RadiusAttributeType ACCT_INPUT_GIGAWORDS = new RadiusAttributeType(52);
  public static final RadiusAttributeType ACCT_OUTPUT_GIGAWORDS = new RadiusAttributeType(53);
  public static final RadiusAttributeType EVENT_TIMESTAMP = new RadiusAttributeType(55);
  public static final RadiusAttributeType CHAP_CHALLENGE = new RadiusAttributeType(60);
  public static final RadiusAttributeType NAS_PORT_TYPE = new RadiusAttributeType(61);
  public static final RadiusAttributeType PORT_LIMIT = new RadiusAttributeType(62);
  public static final RadiusAttributeType TUNNEL_TYPE = new RadiusAttributeType(64);
  public static final RadiusAttributeType TUNNEL_MEDIUM_TYPE = new RadiusAttributeType(65);
  public static final RadiusAttributeType TUNNEL_CLIENT_ENDPOINT = new RadiusAttributeType(66);
  public static final RadiusAttributeType TUNNEL_SERVER_ENDPOINT = new RadiusAttributeType(67);
  public static final RadiusAttributeType ACCT_TUNNEL_CONNECTION = new RadiusAttributeType(68);
  public static final RadiusAttributeType CONNECT_INFO = new RadiusAttributeType(77);
  public static final RadiusAttributeType EAP_MESSAGE = new RadiusAttributeType(79);
  public static final RadiusAttributeType MESSAGE_AUTHENTICATOR = new RadiusAttributeType(80);
  public static final RadiusAttributeType TUNNEL_PRIVATE_GROUP_ID = new RadiusAttributeType(81);
  public static final RadiusAttributeType TUNNEL_ASSIGNMENT_ID = new RadiusAttributeType(82);
  public static final RadiusAttributeType TUNNEL_PREFERENCE = new RadiusAttributeType(83);
  public static final RadiusAttributeType ACCT_INTERIM_INTERVAL = new RadiusAttributeType(85);
  public static final RadiusAttributeType NAS_PORT_ID = new RadiusAttributeType(87);
  public static final RadiusAttributeType NAS_IPV6_ADDRESS = new RadiusAttributeType(95);

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "User-Name"),
          Map.entry(2, "User-Password"),
          Map.entry(3, "CHAP-Password"),
          Map.entry(4, "NAS-IP-Address"),
          Map.entry(5, "NAS-Port"),
          Map.entry(6, "Service-Type"),
          Map.entry(7, "Framed-Protocol"),
          Map.entry(8, "Framed-IP-Address"),
          Map.entry(9, "Framed-IP-Netmask"),
          Map.entry(11, "Filter-Id"),
          Map.entry(12, "Framed-MTU"),
          Map.entry(13, "Framed-Compression"),
          Map.entry(14, "Login-IP-Host"),
          Map.entry(15, "Login-Service"),
          Map.entry(18, "Reply-Message"),
          Map.entry(19, "Callback-Number"),
          Map.entry(20, "Callback-Id"),
          Map.entry(22, "Framed-Route"),
          Map.entry(24, "State"),
          Map.entry(25, "Class"),
          Map.entry(26, "Vendor-Specific"),
          Map.entry(27, "Session-Timeout"),
          Map.entry(28, "Idle-Timeout"),
          Map.entry(29, "Termination-Action"),
          Map.entry(30, "Called-Station-Id"),
          Map.entry(31, "Calling-Station-Id"),
          Map.entry(32, "NAS-Identifier"),
          Map.entry(33, "Proxy-State"),
          Map.entry(40, "Acct-Status-Type"),
          Map.entry(41, "Acct-Delay-Time"),
          Map.entry(42, "Acct-Input-Octets"),
          Map.entry(43, "Acct-Output-Octets"),
          Map.entry(44, "Acct-Session-Id"),
          Map.entry(45, "Acct-Authentic"),
          Map.entry(46, "Acct-Session-Time"),
          Map.entry(47, "Acct-Input-Packets"),
          Map.entry(48, "Acct-Output-Packets"),
          Map.entry(49, "Acct-Terminate-Cause"),
          Map.entry(50, "Acct-Multi-Session-Id"),
          Map.entry(51, "Acct-Link-Count"),
          Map.entry(52, "Acct-Input-Gigawords"),
          Map.entry(53, "Acct-Output-Gigawords"),
          Map.entry(55, "Event-Timestamp"),
          Map.entry(60, "CHAP-Challenge"),
          Map.entry(61, "NAS-Port-Type"),
          Map.entry(62, "Port-Limit"),
          Map.entry(64, "Tunnel-Type"),
          Map.entry(65, "Tunnel-Medium-Type"),
          Map.entry(66, "Tunnel-Client-Endpoint"),
          Map.entry(67, "Tunnel-Server-Endpoint"),
          Map.entry(68, "Acct-Tunnel-Connection"),
          Map.entry(76, "Prompt"),
          Map.entry(77, "Connect-Info"),
          Map.entry(79, "EAP-Message"),
          Map.entry(80, "Message-Authenticator"),
          Map.entry(81, "Tunnel-Private-Group-ID"),
          Map.entry(82, "Tunnel-Assignment-ID"),
          Map.entry(83, "Tunnel-Preference"),
          Map.entry(85, "Acct-Interim-Interval"),
          Map.entry(87, "NAS-Port-Id"),
          Map.entry(88, "Framed-Pool"),
          Map.entry(95, "NAS-IPv6-Address"),
          Map.entry(102, "EAP-Key-Name"));

  public RadiusAttributeType {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("RADIUS attribute type " + value + " is not one octet");
    }
  }

  @Override
  public String toString() {
    return NAMES.getOrDefault(value, "Attribute-" + value);
  }
}
