package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/** The exchange a message belongs to (RFC 7296 section 3.1). Unknown numbers are legal. */
public record ExchangeType(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final ExchangeType IKE_SA_INIT = known(34, "IKE_SA_INIT");
  public static final ExchangeType IKE_AUTH = known(35, "IKE_AUTH");
  public static final ExchangeType CREATE_CHILD_SA = known(36, "CREATE_CHILD_SA");
  public static final ExchangeType INFORMATIONAL = known(37, "INFORMATIONAL");

  private static ExchangeType known(int code, String name) {
    NAMES.put(code, name);
    return new ExchangeType(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** The registered name, or {@code EXCHANGE} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "EXCHANGE(" + code + ")" : name;
  }
}
