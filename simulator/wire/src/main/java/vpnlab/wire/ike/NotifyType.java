package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;

/**
 * What a notification says (RFC 7296 section 3.10.1 and the registry that follows it; 12345:
 * MS-IKEE section 2.2.7). Numbers below 16384 are errors. Unknown numbers are legal.
 */
public record NotifyType(int code) {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  public static final NotifyType UNSUPPORTED_CRITICAL_PAYLOAD =
      known(1, "UNSUPPORTED_CRITICAL_PAYLOAD");
  public static final NotifyType INVALID_IKE_SPI = known(4, "INVALID_IKE_SPI");
  public static final NotifyType INVALID_MAJOR_VERSION = known(5, "INVALID_MAJOR_VERSION");
  public static final NotifyType INVALID_SYNTAX = known(7, "INVALID_SYNTAX");
  public static final NotifyType INVALID_MESSAGE_ID = known(9, "INVALID_MESSAGE_ID");
  public static final NotifyType INVALID_SPI = known(11, "INVALID_SPI");
  public static final NotifyType NO_PROPOSAL_CHOSEN = known(14, "NO_PROPOSAL_CHOSEN");
  public static final NotifyType INVALID_KE_PAYLOAD = known(17, "INVALID_KE_PAYLOAD");
  public static final NotifyType AUTHENTICATION_FAILED = known(24, "AUTHENTICATION_FAILED");
  public static final NotifyType SINGLE_PAIR_REQUIRED = known(34, "SINGLE_PAIR_REQUIRED");
  public static final NotifyType NO_ADDITIONAL_SAS = known(35, "NO_ADDITIONAL_SAS");
  public static final NotifyType INTERNAL_ADDRESS_FAILURE = known(36, "INTERNAL_ADDRESS_FAILURE");
  public static final NotifyType FAILED_CP_REQUIRED = known(37, "FAILED_CP_REQUIRED");
  public static final NotifyType TS_UNACCEPTABLE = known(38, "TS_UNACCEPTABLE");
  public static final NotifyType INVALID_SELECTORS = known(39, "INVALID_SELECTORS");
  public static final NotifyType UNACCEPTABLE_ADDRESSES = known(40, "UNACCEPTABLE_ADDRESSES");
  public static final NotifyType UNEXPECTED_NAT_DETECTED = known(41, "UNEXPECTED_NAT_DETECTED");
  public static final NotifyType TEMPORARY_FAILURE = known(43, "TEMPORARY_FAILURE");
  public static final NotifyType CHILD_SA_NOT_FOUND = known(44, "CHILD_SA_NOT_FOUND");
  public static final NotifyType MS_NOTIFY_STATUS = known(12345, "MS_NOTIFY_STATUS");
  public static final NotifyType INITIAL_CONTACT = known(16384, "INITIAL_CONTACT");
  public static final NotifyType SET_WINDOW_SIZE = known(16385, "SET_WINDOW_SIZE");
  public static final NotifyType ADDITIONAL_TS_POSSIBLE = known(16386, "ADDITIONAL_TS_POSSIBLE");
  public static final NotifyType IPCOMP_SUPPORTED = known(16387, "IPCOMP_SUPPORTED");
  public static final NotifyType NAT_DETECTION_SOURCE_IP = known(16388, "NAT_DETECTION_SOURCE_IP");
  public static final NotifyType NAT_DETECTION_DESTINATION_IP =
      known(16389, "NAT_DETECTION_DESTINATION_IP");
  public static final NotifyType COOKIE = known(16390, "COOKIE");
  public static final NotifyType USE_TRANSPORT_MODE = known(16391, "USE_TRANSPORT_MODE");
  public static final NotifyType HTTP_CERT_LOOKUP_SUPPORTED =
      known(16392, "HTTP_CERT_LOOKUP_SUPPORTED");
  public static final NotifyType REKEY_SA = known(16393, "REKEY_SA");
  public static final NotifyType ESP_TFC_PADDING_NOT_SUPPORTED =
      known(16394, "ESP_TFC_PADDING_NOT_SUPPORTED");
  public static final NotifyType NON_FIRST_FRAGMENTS_ALSO =
      known(16395, "NON_FIRST_FRAGMENTS_ALSO");
  public static final NotifyType MOBIKE_SUPPORTED = known(16396, "MOBIKE_SUPPORTED");
  public static final NotifyType ADDITIONAL_IP4_ADDRESS = known(16397, "ADDITIONAL_IP4_ADDRESS");
  public static final NotifyType ADDITIONAL_IP6_ADDRESS = known(16398, "ADDITIONAL_IP6_ADDRESS");
  public static final NotifyType NO_ADDITIONAL_ADDRESSES = known(16399, "NO_ADDITIONAL_ADDRESSES");
  public static final NotifyType UPDATE_SA_ADDRESSES = known(16400, "UPDATE_SA_ADDRESSES");
  public static final NotifyType COOKIE2 = known(16401, "COOKIE2");
  public static final NotifyType NO_NATS_ALLOWED = known(16402, "NO_NATS_ALLOWED");
  public static final NotifyType AUTH_LIFETIME = known(16403, "AUTH_LIFETIME");
  public static final NotifyType MULTIPLE_AUTH_SUPPORTED = known(16404, "MULTIPLE_AUTH_SUPPORTED");
  public static final NotifyType REDIRECT_SUPPORTED = known(16406, "REDIRECT_SUPPORTED");
  public static final NotifyType REDIRECT = known(16407, "REDIRECT");
  public static final NotifyType EAP_ONLY_AUTHENTICATION = known(16417, "EAP_ONLY_AUTHENTICATION");
  public static final NotifyType CHILDLESS_IKEV2_SUPPORTED =
      known(16418, "CHILDLESS_IKEV2_SUPPORTED");
  public static final NotifyType IKEV2_FRAGMENTATION_SUPPORTED =
      known(16430, "IKEV2_FRAGMENTATION_SUPPORTED");
  public static final NotifyType SIGNATURE_HASH_ALGORITHMS =
      known(16431, "SIGNATURE_HASH_ALGORITHMS");
  public static final NotifyType INTERMEDIATE_EXCHANGE_SUPPORTED =
      known(16438, "INTERMEDIATE_EXCHANGE_SUPPORTED");

  private static NotifyType known(int code, String name) {
    NAMES.put(code, name);
    return new NotifyType(code);
  }

  public boolean isKnown() {
    return NAMES.containsKey(code);
  }

  /** Whether the notification reports an error (RFC 7296 section 3.10.1). */
  public boolean isError() {
    return code < 16384;
  }

  /** The registered name, or {@code NOTIFY} and the number. */
  @Override
  public String toString() {
    String name = NAMES.get(code);
    return name == null ? "NOTIFY(" + code + ")" : name;
  }
}
