package vpnlab.wire.eap;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/**
 * The message of an MS-CHAPv2 Success packet, {@code S=<auth_string> M=<message>} (RFC 2759,
 * section 5).
 *
 * @param authenticatorResponse 20 octets
 * @param message text for people, may be empty
 */
public record MsChapV2SuccessMessage(Octets authenticatorResponse, String message) {
  private static final int HEX_DIGITS = 40;

  public MsChapV2SuccessMessage {
    if (authenticatorResponse.size() != HEX_DIGITS / 2) {
      throw new IllegalArgumentException("authenticator response of wrong size");
    }
  }

  public static MsChapV2SuccessMessage decode(Octets octets) throws MalformedMessageException {
    String text = octets.toText(StandardCharsets.UTF_8);
    if (!text.startsWith("S=") || text.length() < 2 + HEX_DIGITS) {
      throw new MalformedMessageException(
          "MS-CHAPv2 Success", "does not start with S= and 40 digits");
    }
    Octets response;
    try {
      response = Octets.ofHex(text.substring(2, 2 + HEX_DIGITS));
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException("MS-CHAPv2 Success", "has S= without hexadecimal digits");
    }
    if (response.size() != HEX_DIGITS / 2) {
      throw new MalformedMessageException("MS-CHAPv2 Success", "has S= with too few digits");
    }
    int at = text.indexOf("M=", 2 + HEX_DIGITS);
    return new MsChapV2SuccessMessage(response, at < 0 ? "" : text.substring(at + 2));
  }

  public Octets encode() {
    return Octets.ofText(authString() + " M=" + message, StandardCharsets.UTF_8);
  }

  /** {@code S=} and 40 digits, which is all that RADIUS carries (RFC 2548, section 2.3.3). */
  public String authString() {
    return "S=" + authenticatorResponse.toHex().toUpperCase(Locale.ROOT);
  }
}
