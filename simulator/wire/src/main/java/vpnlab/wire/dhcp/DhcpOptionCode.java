package vpnlab.wire.dhcp;

/**
 * The code of a DHCP option (RFC 2132, RFC 3004). Any number from 0 to 255 is legal.
 *
 * @param value the number on the wire
 */
public record DhcpOptionCode(int value) {
  /** One octet without length (RFC 2132 section 3.1). */
  public static final DhcpOptionCode PAD = new DhcpOptionCode(0);

  public static final DhcpOptionCode SUBNET_MASK = new DhcpOptionCode(1);
  public static final DhcpOptionCode ROUTER = new DhcpOptionCode(3);
  public static final DhcpOptionCode DOMAIN_NAME_SERVER = new DhcpOptionCode(6);
  public static final DhcpOptionCode DOMAIN_NAME = new DhcpOptionCode(15);
  public static final DhcpOptionCode REQUESTED_ADDRESS = new DhcpOptionCode(50);
  public static final DhcpOptionCode LEASE_TIME = new DhcpOptionCode(51);
  public static final DhcpOptionCode OVERLOAD = new DhcpOptionCode(52);
  public static final DhcpOptionCode MESSAGE_TYPE = new DhcpOptionCode(53);
  public static final DhcpOptionCode SERVER_IDENTIFIER = new DhcpOptionCode(54);
  public static final DhcpOptionCode PARAMETER_REQUEST_LIST = new DhcpOptionCode(55);
  public static final DhcpOptionCode MESSAGE = new DhcpOptionCode(56);
  public static final DhcpOptionCode RENEWAL_TIME = new DhcpOptionCode(58);
  public static final DhcpOptionCode REBINDING_TIME = new DhcpOptionCode(59);
  public static final DhcpOptionCode VENDOR_CLASS = new DhcpOptionCode(60);
  public static final DhcpOptionCode CLIENT_IDENTIFIER = new DhcpOptionCode(61);
  public static final DhcpOptionCode USER_CLASS = new DhcpOptionCode(77);

  /** The last one, one octet without length (RFC 2132 section 3.2). */
  public static final DhcpOptionCode END = new DhcpOptionCode(255);

  public DhcpOptionCode {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("DHCP option code " + value + " is not one octet");
    }
  }

  /** Whether a length and a value follow. */
  public boolean hasValue() {
    return value != 0 && value != 255;
  }

  @Override
  public String toString() {
    return switch (value) {
      case 0 -> "Pad";
      case 1 -> "Subnet-Mask";
      case 3 -> "Router";
      case 6 -> "Domain-Name-Server";
      case 12 -> "Host-Name";
      case 15 -> "Domain-Name";
      case 50 -> "Requested-IP-Address";
      case 51 -> "Lease-Time";
      case 52 -> "Overload";
      case 53 -> "Message-Type";
      case 54 -> "Server-Identifier";
      case 55 -> "Parameter-Request-List";
      case 56 -> "Message";
      case 57 -> "Maximum-Message-Size";
      case 58 -> "Renewal-Time";
      case 59 -> "Rebinding-Time";
      case 60 -> "Vendor-Class";
      case 61 -> "Client-Identifier";
      case 77 -> "User-Class";
      case 255 -> "End";
      default -> "option-" + value;
    };
  }
}
