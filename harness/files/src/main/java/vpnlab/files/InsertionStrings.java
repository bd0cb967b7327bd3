package vpnlab.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the insertion strings of events the names under which rules look for them. Manifest-based
 * sources name them in the file; the old ones (RasClient, RemoteAccess, NPS) write a bare list, in
 * which the place says what a string is.
 */
final class InsertionStrings {
  private static final Pattern MESSAGE_ID = Pattern.compile("%%([0-9]{1,9})");

  /** By source and id: the names of the bare list. An empty name is a string that nobody reads. */
  private static final Map<String, List<String>> PLACES =
      Map.ofEntries(
          Map.entry(
              "RasClient 20222",
              List.of("CoId", "User", "ConnectionName", "Server", "Device", "", "Port")),
          Map.entry(
              "RasClient 20223",
              List.of("CoId", "User", "ConnectionName", "Server", "Device", "Port")),
          Map.entry("RasClient 20224", List.of("CoId", "User")),
          Map.entry(
              "RasClient 20225", List.of("CoId", "User", "ConnectionName", "TunnelIpAddress")),
          Map.entry("RasClient 20226", List.of("CoId", "User", "ConnectionName", "ReasonCode")),
          Map.entry("RasClient 20227", List.of("CoId", "User", "ConnectionName", "ErrorCode")),
          Map.entry("RemoteAccess 20088", List.of("Address")),
          Map.entry("RemoteAccess 20152", List.of("ErrorCode")),
          Map.entry("RemoteAccess 20167", List.of("CoId")),
          Map.entry("RemoteAccess 20169", List.of("Address")),
          Map.entry("RemoteAccess 20187", List.of("User", "Reason")),
          Map.entry("RemoteAccess 20189", List.of("User", "SourceAddress", "Reason")),
          Map.entry("RemoteAccess 20250", List.of("", "CoId", "User", "Port")),
          Map.entry("RemoteAccess 20255", List.of("CoId", "Port", "User", "Reason")),
          Map.entry(
              "RemoteAccess 20271",
              List.of("CoId", "User", "SourceAddress", "Reason", "ErrorCode")),
          // date and time of both ends, minutes, seconds, octets both ways, then why
          Map.entry(
              "RemoteAccess 20272",
              List.of(
                  "", "CoId", "User", "Port", "", "", "", "", "", "", "", "", "Reason", "Tunnel")),
          Map.entry("RemoteAccess 20274", List.of("", "CoId", "User", "Port", "Address")),
          Map.entry("RemoteAccess 20275", List.of("", "CoId", "Address")),
          Map.entry("RemoteAccess 20276", List.of("CoId", "User", "SourceAddress", "Reason")),
          Map.entry("NPS 13", List.of("ClientAddress")),
          Map.entry("NPS 14", List.of("ClientName")),
          Map.entry("NPS 18", List.of("ClientName")),
          Map.entry("NPS 4400", List.of("DomainController", "Domain")),
          Map.entry("NPS 4402", List.of("Domain")));

  /** Names that the manifest gives and rules know otherwise. */
  private static final Map<String, Map<String, String>> OTHER_NAMES =
      Map.of(
          "Service Control Manager", Map.of("param1", "ServiceName", "param2", "State"),
          "Microsoft-Windows-CAPI2",
              Map.of(
                  "Certificate.subjectName", "Subject",
                  "ErrorStatus.value", "ErrorStatus",
                  "Result.value", "Result",
                  "CertificateChainPolicy.type", "Policy",
                  "Policy.type", "Policy",
                  "SSLAdditionalPolicyInfo.serverName", "ServerName"));

  private InsertionStrings() {}

  static Map<String, String> named(
      String source, int id, Map<String, String> named, List<String> unnamed) {
    Map<String, String> data = new LinkedHashMap<>();
    if (source.equals("RasClient") && id == 20221 && unnamed.size() > 4) {
      dialing(unnamed, data);
    } else {
      List<String> places = PLACES.getOrDefault(source + " " + id, List.of());
      for (int i = 0; i < unnamed.size(); i++) {
        String name = i < places.size() ? places.get(i) : "param" + (i + 1);
        if (!name.isEmpty()) {
          data.put(name, unnamed.get(i));
        }
      }
    }
    Map<String, String> other = OTHER_NAMES.getOrDefault(source, Map.of());
    named.forEach(
        (name, value) -> {
          // The attribute of an element is the number, its text the words for it.
          if (other.containsKey(name)) {
            data.put(other.get(name), value(other.get(name), value));
          } else {
            data.putIfAbsent(name, value(name, value));
          }
        });
    String reason = data.getOrDefault("FailureReason", "");
    Matcher message = MESSAGE_ID.matcher(reason);
    if (message.matches()) {
      data.putIfAbsent("FailureCode", message.group(1));
    }
    return data;
  }

  /** CoId; user; VPN kind; for all users or one; connection; then a block of settings in lines. */
  private static void dialing(List<String> unnamed, Map<String, String> data) {
    data.put("CoId", unnamed.get(0));
    data.put("User", unnamed.get(1));
    data.put("ConnectionName", unnamed.get(4));
    String settings = String.join("\n", unnamed.subList(5, unnamed.size()));
    for (String line : settings.split("[\r\n]+")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String name = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        if (name.equalsIgnoreCase("VpnStrategy")) {
          data.put("VpnStrategy", value);
        } else if (name.equalsIgnoreCase("Authentication Type")) {
          data.put("AuthenticationType", value);
        }
      }
    }
  }

  /** Message identifiers that stand for words, and numbers without the 0x of the rest. */
  private static String value(String name, String value) {
    if (name.equals("Direction")) {
      return switch (value) {
        case "%%14592" -> "Inbound";
        case "%%14593" -> "Outbound";
        default -> value;
      };
    }
    boolean hexadecimal = name.equals("ErrorStatus") || name.equals("Result");
    if (hexadecimal && value.matches("[0-9a-fA-F]{1,8}")) {
      return "0x" + value.toUpperCase(Locale.ROOT);
    }
    return value;
  }
}
