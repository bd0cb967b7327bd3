package vpnlab.wire.radius;

/**
 * The value of Acct-Status-Type (RFC 2866, section 5.1; RFC 2867, section 3). Any 32-bit number is
 * legal.
 *
 * @param value the number on the wire
 */
public record AcctStatusType(long value) {
  public static final AcctStatusType START = new AcctStatusType(1);
  public static final AcctStatusType STOP = new AcctStatusType(2);
  public static final AcctStatusType INTERIM_UPDATE = new AcctStatusType(3);
  public static final AcctStatusType ACCOUNTING_ON = new AcctStatusType(7);
  public static final AcctStatusType ACCOUNTING_OFF = new AcctStatusType(8);

  public AcctStatusType {
    if (value < 0 || value > 0xffffffffL) {
      throw new IllegalArgumentException("Acct-Status-Type " + value + " is not 32 bits");
    }
  }

  public RadiusAttribute toAttribute() {
    return RadiusAttribute.integer(RadiusAttributeType.ACCT_STATUS_TYPE, value);
  }

  @Override
  public String toString() {
    return switch ((int) value) {
      case 1 -> "Start";
      case 2 -> "Stop";
      case 3 -> "Interim-Update";
      case 7 -> "Accounting-On";
      case 8 -> "Accounting-Off";
      case 9 -> "Tunnel-Start";
      case 10 -> "Tunnel-Stop";
      case 11 -> "Tunnel-Reject";
      case 15 -> "Failed";
      default -> "status-" + value;
    };
  }
}
