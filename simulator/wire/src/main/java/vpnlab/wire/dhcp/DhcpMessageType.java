package vpnlab.wire.dhcp;

/**
 * The DHCP Message Type option's value (RFC 2132 section 9.6). Any number from 0 to 255 is legal.
 *
 * @param value the number on the wire
 */
public record DhcpMessageType(int value) {
  public static final DhcpMessageType DISCOVER = new DhcpMessageType(1);
  public static final DhcpMessageType OFFER = new DhcpMessageType(2);
  public static final DhcpMessageType REQUEST = new DhcpMessageType(3);
  public static final DhcpMessageType DECLINE = new DhcpMessageType(4);
  public static final DhcpMessageType ACK = new DhcpMessageType(5);
  public static final DhcpMessageType NAK = new DhcpMessageType(6);
  public static final DhcpMessageType RELEASE = new DhcpMessageType(7);
  public static final DhcpMessageType INFORM = new DhcpMessageType(8);

  public DhcpMessageType {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("DHCP message type " + value + " is not one octet");
    }
  }

  @Override
  public String toString() {
    return switch (value) {
      case 1 -> "DHCPDISCOVER";
      case 2 -> "DHCPOFFER";
      case 3 -> "DHCPREQUEST";
      case 4 -> "DHCPDECLINE";
      case 5 -> "DHCPACK";
      case 6 -> "DHCPNAK";
      case 7 -> "DHCPRELEASE";
      case 8 -> "DHCPINFORM";
      default -> "message-type-" + value;
    };
  }
}
