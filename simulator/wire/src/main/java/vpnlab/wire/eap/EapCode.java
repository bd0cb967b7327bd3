package vpnlab.wire.eap;

/**
 * The Code field of an EAP packet (RFC 3748, section 4). Any number from 0 to 255 is legal.
 *
 * @param value the number on the wire
 */
public record EapCode(int value) {
  public static final EapCode REQUEST = new EapCode(1);
  public static final EapCode RESPONSE = new EapCode(2);
  public static final EapCode SUCCESS = new EapCode(3);
  public static final EapCode FAILURE = new EapCode(4);

  public EapCode {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("EAP code " + value + " is not one octet");
    }
  }

  /** Whether a packet with this code has a Type field. */
  public boolean hasType() {
    return equals(REQUEST) || equals(RESPONSE);
  }

  /** The RFC's word, or {@code code-N}. */
  @Override
  public String toString() {
    return switch (value) {
      case 1 -> "Request";
      case 2 -> "Response";
      case 3 -> "Success";
      case 4 -> "Failure";
      case 5 -> "Initiate";
      case 6 -> "Finish";
      default -> "code-" + value;
    };
  }
}
