package vpnlab.wire.radius;

/**
 * The Code field of a RADIUS packet (RFC 2865, section 3). Any number from 0 to 255 is legal.
 *
 * @param value the number on the wire
 */
public record RadiusCode(int value) {
  public static final RadiusCode ACCESS_REQUEST = new RadiusCode(1);
  public static final RadiusCode ACCESS_ACCEPT = new RadiusCode(2);
  public static final RadiusCode ACCESS_REJECT = new RadiusCode(3);
  public static final RadiusCode ACCOUNTING_REQUEST = new RadiusCode(4);
  public static final RadiusCode ACCOUNTING_RESPONSE = new RadiusCode(5);
  public static final RadiusCode ACCESS_CHALLENGE = new RadiusCode(11);
  public static final RadiusCode STATUS_SERVER = new RadiusCode(12);

  public RadiusCode {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("RADIUS code " + value + " is not one octet");
    }
  }

  @Override
  public String toString() {
    return switch (value) {
      case 1 -> "Access-Request";
      case 2 -> "Access-Accept";
      case 3 -> "Access-Reject";
      case 4 -> "Accounting-Request";
      case 5 -> "Accounting-Response";
      case 11 -> "Access-Challenge";
      case 12 -> "Status-Server";
      case 40 -> "Disconnect-Request";
      case 41 -> "Disconnect-ACK";
      case 42 -> "Disconnect-NAK";
      case 43 -> "CoA-Request";
      case 44 -> "CoA-ACK";
      case 45 -> "CoA-NAK";
      default -> "code-" + value;
    };
  }
}
