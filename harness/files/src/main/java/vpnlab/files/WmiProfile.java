package vpnlab.files;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vpnlab.evidence.DialedProfile;

/**
 * What {@code Get-WmiObject -Class MDM_VPNv2_01 -Namespace root\cimv2\mdm\dmmap} prints: the name
 * of the connection, the computer, and ProfileXML, wrapped to the width of the console; one object
 * after another.
 *
 * @param host as the dump names it; empty in a bare ProfileXML
 * @param profile without the user's name and the proposals, which are not in it
 */
record WmiProfile(String host, DialedProfile profile) {
  private static final Pattern PROPERTY = Pattern.compile("(?m)^\\s*(\\w+) *: ?(.*)$");
  private static final Pattern XML = Pattern.compile("(?s)<VPNProfile\\b.*?</VPNProfile>");
  private static final Pattern OBJECT = Pattern.compile("(?m)^\\s*__GENUS *:");

  /** Whether it is such a dump, or a bare ProfileXML. */
  static boolean begins(String text) {
    return text.contains("MDM_VPNv2_01") && text.contains("__CLASS")
        || text.stripLeading().startsWith("<VPNProfile");
  }

  /** All profiles of a file; objects that cannot be understood are reported and skipped. */
  static List<WmiProfile> read(String text, SkippedLines skipped) {
    List<WmiProfile> profiles = new ArrayList<>();
    if (text.stripLeading().startsWith("<VPNProfile")) {
      add(text, text, skipped, 1, profiles);
      return profiles;
    }
    List<Integer> begins = new ArrayList<>();
    Matcher object = OBJECT.matcher(text);
    while (object.find()) {
      begins.add(object.start());
    }
    for (int i = 0; i < begins.size(); i++) {
      int end = i + 1 < begins.size() ? begins.get(i + 1) : text.length();
      long line = text.substring(0, begins.get(i)).lines().count() + 1;
      String one = text.substring(begins.get(i), end);
      Matcher xml = XML.matcher(unwrap(one)); // its tags may be broken, too
      if (xml.find()) {
        add(one, xml.group(), skipped, line, profiles);
      } else {
        skipped.add(line, SkippedLines.Kind.CUT_OFF, "has no whole ProfileXML");
      }
    }
    return profiles;
  }

  private static void add(
      String object, String xml, SkippedLines skipped, long line, List<WmiProfile> profiles) {
    Map<String, String> properties = new LinkedHashMap<>();
    Matcher property = PROPERTY.matcher(object);
    while (property.find()) {
      properties.putIfAbsent(property.group(1), property.group(2).strip());
    }
    String host = properties.getOrDefault("PSComputerName", "");
    host = host.isEmpty() ? properties.getOrDefault("__SERVER", "") : host;
    try {
      DialedProfile profile =
          ProfileXml.read(properties.getOrDefault("InstanceID", "").replace("%20", " "), xml);
      profiles.add(new WmiProfile(Collected.hostName(host), profile));
    } catch (IllegalArgumentException e) {
      skipped.add(line, SkippedLines.Kind.VALUE, "ProfileXML: " + e.getMessage());
    }
  }

  /**
   * Undoes the console's wrapping, of which nobody can tell whether it ate a blank: without any,
   * but for those that attributes and the one name that matters need.
   */
  private static String unwrap(String xml) {
    return xml.replaceAll("\\s+", "")
        .replaceAll("<([A-Za-z]+?)(xmlns|Enabled)=\"", "<$1 $2=\"")
        .replaceAll("(?i)AADConditionalAccess", "AAD Conditional Access");
  }

  /** Writes a profile as PowerShell prints it, wrapped. */
  static void write(Path file, String host, DialedProfile profile) throws IOException {
    String name = profile.name().replace(" ", "%20");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      Map<String, String> object = new LinkedHashMap<>();
      object.put("__GENUS", "2");
      object.put("__CLASS", "MDM_VPNv2_01");
      object.put("__SUPERCLASS", "");
      object.put(
          "__RELPATH",
          "MDM_VPNv2_01.InstanceID=\"%s\",ParentID=\"./Vendor/MSFT/VPNv2\"".formatted(name));
      object.put("__SERVER", host.toUpperCase(Locale.ROOT));
      object.put("__NAMESPACE", "root\\cimv2\\mdm\\dmmap");
      object.put("InstanceID", name);
      object.put("ParentID", "./Vendor/MSFT/VPNv2");
      object.put("ProfileXML", ProfileXml.write(profile));
      object.put("PSComputerName", host.toUpperCase(Locale.ROOT));
      out.print("\r\n");
      object.forEach((key, value) -> property(out, key, value));
      out.print("\r\n");
    }
  }

  private static void property(PrintWriter out, String name, String value) {
    int width = 92;
    StringBuilder lines = new StringBuilder();
    int at = 0;
    while (value.length() - at > width) {
      int blank = value.lastIndexOf(' ', at + width);
      boolean atBlank = blank > at + width - 12;
      int end = atBlank ? blank : at + width;
      lines.append(value, at, end).append("\r\n").append(" ".repeat(26));
      at = atBlank ? end + 1 : end;
    }
    lines.append(value.substring(at));
    out.print("%-24s: %s\r\n".formatted(name, lines));
  }
}
