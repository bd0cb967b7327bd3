package vpnlab.wire.ldap;

/**
 * How an operation ended (RFC 4511 section 4.1.9). Any number is legal.
 *
 * @param value the number on the wire
 */
public record LdapResultCode(int value) {
  public static final LdapResultCode SUCCESS = new LdapResultCode(0);
  public static final LdapResultCode OPERATIONS_ERROR = new LdapResultCode(1);
  public static final LdapResultCode PROTOCOL_ERROR = new LdapResultCode(2);
  public static final LdapResultCode SIZE_LIMIT_EXCEEDED = new LdapResultCode(4);
  public static final LdapResultCode AUTH_METHOD_NOT_SUPPORTED = new LdapResultCode(7);
  public static final LdapResultCode UNAVAILABLE_CRITICAL_EXTENSION = new LdapResultCode(12);
  public static final LdapResultCode NO_SUCH_OBJECT = new LdapResultCode(32);
  public static final LdapResultCode INVALID_CREDENTIALS = new LdapResultCode(49);
  public static final LdapResultCode INSUFFICIENT_ACCESS_RIGHTS = new LdapResultCode(50);
  public static final LdapResultCode UNWILLING_TO_PERFORM = new LdapResultCode(53);

  public LdapResultCode {
    if (value < 0) {
      throw new IllegalArgumentException("LDAP result code " + value + " is negative");
    }
  }

  @Override
  public String toString() {
    return switch (value) {
      case 0 -> "success";
      case 1 -> "operationsError";
      case 2 -> "protocolError";
      case 4 -> "sizeLimitExceeded";
      case 7 -> "authMethodNotSupported";
      case 12 -> "unavailableCriticalExtension";
      case 32 -> "noSuchObject";
      case 49 -> "invalidCredentials";
      case 50 -> "insufficientAccessRights";
      case 53 -> "unwillingToPerform";
      default -> "resultCode-" + value;
    };
  }
}
