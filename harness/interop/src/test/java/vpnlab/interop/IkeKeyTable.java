package vpnlab.interop;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the keys of the one IKE SA of an attempt out of charon's log (log level ike = 4). */
final class IkeKeyTable {
  private static final Pattern DUMP = Pattern.compile("\\[IKE\\] +\\d+: ((?:[0-9A-F]{2} )+)");
  private static final Pattern DUMP_LINE =
      Pattern.compile("\\[MGR\\]| => \\d+ bytes @ |\\] +\\d+: (?:[0-9A-F]{2} )+|(?:task|tasks)$");

  private IkeKeyTable() {}

  /** A line of {@code ikev2_decryption_table}; empty when the SA never got keys. */
  static Optional<String> of(String log) {
    Optional<String> initiatorSpi = first(log, "SPIs ([0-9a-f]{16})_i\\*? (?!0{16})[0-9a-f]{16}_r");
    Optional<String> responderSpi = first(log, "SPIs [0-9a-f]{16}_i\\*? (?!0{16})([0-9a-f]{16})_r");
    Optional<String> proposal = first(log, "selected proposal: IKE:(\\S+)");
    if (initiatorSpi.isEmpty() || proposal.isEmpty() || key(log, "ei").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.join(
                ",",
                initiatorSpi.get(),
                responderSpi.orElseThrow(),
                key(log, "ei"),
                key(log, "er"),
                '"' + cipher(proposal.get()) + '"',
                key(log, "ai"),
                key(log, "ar"),
                '"' + integrity(proposal.get()) + '"')
            + "\n");
  }

  static String withoutDumps(String log) {
    return log.lines()
        .filter(line -> !DUMP_LINE.matcher(line).find())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static Optional<String> first(String text, String expression) {
    Matcher matcher = Pattern.compile(expression).matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String key(String log, String name) {
    int at = log.indexOf("Sk_" + name + " secret =>");
    if (at < 0) {
      return "";
    }
    StringBuilder key = new StringBuilder();
    for (String line : log.substring(at).lines().skip(1).toList()) {
      Matcher dump = DUMP.matcher(line);
      if (!dump.find()) {
        break;
      }
      key.append(dump.group(1).replace(" ", ""));
    }
    return key.toString().toLowerCase(Locale.ROOT);
  }

  /** Wireshark's own names. */
  private static String cipher(String proposal) {
    Matcher cbc = Pattern.compile("AES_CBC_(\\d+)").matcher(proposal);
    if (cbc.find()) {
      return "AES-CBC-" + cbc.group(1) + " [RFC3602]";
    }
    Matcher gcm = Pattern.compile("AES_GCM_16_(\\d+)").matcher(proposal);
    if (gcm.find()) {
      return "AES-GCM-" + gcm.group(1) + " with 16 octet ICV [RFC5282]";
    }
    return "3DES [RFC2451]";
  }

  private static String integrity(String proposal) {
    if (proposal.contains("HMAC_SHA2_256_128")) {
      return "HMAC_SHA2_256_128 [RFC4868]";
    }
    if (proposal.contains("HMAC_SHA2_384_192")) {
      return "HMAC_SHA2_384_192 [RFC4868]";
    }
    return proposal.contains("HMAC_SHA1_96") ? "HMAC_SHA1_96 [RFC2404]" : "NONE [RFC4306]";
  }
}
