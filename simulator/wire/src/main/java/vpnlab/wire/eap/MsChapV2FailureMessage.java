package vpnlab.wire.eap;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/**
 * The message of an MS-CHAPv2 Failure packet, {@code E=eeeeeeeeee R=r C=cccc V=vvvvvvvvvv M=<msg>}
 * (RFC 2759, section 6). Servers leave fields out; only {@code E=} is indispensable.
 *
 * @param error 646 restricted logon hours, 647 account disabled, 648 password expired, 649 no
 *     dial-in permission, 691 authentication failure, 709 changing password; others are legal
 * @param retryAllowed the R flag
 * @param challenge 16 octets for the next Response, or empty
 * @param version of the password changing protocol, 3 for MS-CHAPv2
 * @param message text for people, may be empty
 */
public record MsChapV2FailureMessage(
    int error, boolean retryAllowed, Octets challenge, OptionalInt version, String message) {
  public static final int RESTRICTED_LOGON_HOURS = 646;
  public static final int ACCT_DISABLED = 647;
  public static final int PASSWD_EXPIRED = 648;
  public static final int NO_DIALIN_PERMISSION = 649;
  public static final int AUTHENTICATION_FAILURE = 691;
  public static final int CHANGING_PASSWORD = 709;

  private static final Pattern ERROR = Pattern.compile("^E=(\\d{1,9})(?: |$)");
  private static final Pattern RETRY = Pattern.compile(" R=([01])(?: |$)");
  private static final Pattern CHALLENGE = Pattern.compile(" C=([0-9A-Fa-f]{32})(?: |$)");
  private static final Pattern VERSION = Pattern.compile(" V=(\\d{1,9})(?: |$)");

  public MsChapV2FailureMessage {
    if (error < 0 || (!challenge.isEmpty() && challenge.size() != 16)) {
      throw new IllegalArgumentException("error " + error + ", challenge " + challenge);
    }
  }

  /** With version 3. */
  public MsChapV2FailureMessage(int error, boolean retryAllowed, Octets challenge, String message) {
    this(error, retryAllowed, challenge, OptionalInt.of(3), message);
  }

  public static MsChapV2FailureMessage decode(Octets octets) throws MalformedMessageException {
    String text = octets.toText(StandardCharsets.UTF_8);
    // The message is the last field, and may itself look like any of the others.
    int at = text.indexOf(" M=");
    String fields = at < 0 ? text : text.substring(0, at);
    Matcher error = ERROR.matcher(fields);
    if (!error.find()) {
      throw new MalformedMessageException(
          "MS-CHAPv2 Failure", "does not start with E= and a number");
    }
    Matcher retry = RETRY.matcher(fields);
    Matcher challenge = CHALLENGE.matcher(fields);
    Matcher version = VERSION.matcher(fields);
    return new MsChapV2FailureMessage(
        Integer.parseInt(error.group(1)),
        retry.find() && retry.group(1).equals("1"),
        challenge.find() ? Octets.ofHex(challenge.group(1)) : Octets.EMPTY,
        version.find() ? OptionalInt.of(Integer.parseInt(version.group(1))) : OptionalInt.empty(),
        at < 0 ? "" : text.substring(at + 3));
  }

  public Octets encode() {
    StringBuilder text = new StringBuilder("E=" + error + " R=" + (retryAllowed ? 1 : 0));
    if (!challenge.isEmpty()) {
      text.append(" C=").append(challenge.toHex().toUpperCase(Locale.ROOT));
    }
    version.ifPresent(v -> text.append(" V=").append(v));
    if (!message.isEmpty()) {
      text.append(" M=").append(message);
    }
    return Octets.ofText(text.toString(), StandardCharsets.UTF_8);
  }
}
