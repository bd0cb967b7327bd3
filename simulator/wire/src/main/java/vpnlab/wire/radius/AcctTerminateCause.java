package vpnlab.wire.radius;

/**
 * The value of Acct-Terminate-Cause (RFC 2866, section 5.10). Any 32-bit number is legal.
 *
 * @param value the number on the wire
 */
public record AcctTerminateCause(long value) {
  public static final AcctTerminateCause USER_REQUEST = new AcctTerminateCause(1);
  public static final AcctTerminateCause LOST_CARRIER = new AcctTerminateCause(2);
  public static final AcctTerminateCause LOST_SERVICE = new AcctTerminateCause(3);
  public static final AcctTerminateCause IDLE_TIMEOUT = new AcctTerminateCause(4);
  public static final AcctTerminateCause SESSION_TIMEOUT = new AcctTerminateCause(5);
  public static final AcctTerminateCause ADMIN_RESET = new AcctTerminateCause(6);
  public static final AcctTerminateCause NAS_ERROR = new AcctTerminateCause(9);
  public static final AcctTerminateCause NAS_REQUEST = new AcctTerminateCause(10);

  public AcctTerminateCause {
    if (value < 0 || value > 0xffffffffL) {
      throw new IllegalArgumentException("Acct-Terminate-Cause " + value + " is not 32 bits");
    }
  }

  public RadiusAttribute toAttribute() {
    return RadiusAttribute.integer(RadiusAttributeType.ACCT_TERMINATE_CAUSE, value);
  }

  @Override
  public String toString() {
    return switch ((int) value) {
      case 1 -> "User-Request";
      case 2 -> "Lost-Carrier";
      case 3 -> "Lost-Service";
      case 4 -> "Idle-Timeout";
      case 5 -> "Session-Timeout";
      case 6 -> "Admin-Reset";
      case 7 -> "Admin-Reboot";
      case 8 -> "Port-Error";
      case 9 -> "NAS-Error";
      case 10 -> "NAS-Request";
      default -> "cause-" + value;
    };
  }
}
