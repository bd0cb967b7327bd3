package vpnlab.files;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.ProbeResult;
import vpnlab.files.RecordLines.Node;

/**
 * What no log has: what {@code ipconfig}, {@code Get-Service}, {@code netstat} and {@code route
 * print} show on hosts, what the phone book has, and what a user tried. This format is vpnlab's
 * own, for people to read and to write: after the first line, {@code vpnlab facts}, each line is
 * what it is about ({@code host rras}, {@code profile laptop}, {@code probe 1}), a path and a
 * value, between tabs, for example {@code host nps<TAB>services/IAS<TAB>Running}.
 */
final class FactsFile {
  private static final String HEADING = "vpnlab facts";
  private static final String HOST = "host ";
  private static final String PROFILE = "profile ";
  private static final String PROBE = "probe ";

  private FactsFile() {}

  static boolean begins(String text) {
    return text.startsWith(HEADING);
  }

  /**
   * What a file has.
   *
   * @param profiles by host and name of the connection, separated by a tab
   */
  record Contents(
      List<HostFacts> hosts, Map<String, DialedProfile> profiles, List<ProbeResult> probes) {
    int size() {
      return hosts.size() + profiles.size() + probes.size();
    }
  }

  static void write(Path file, Evidence evidence) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.print(HEADING + "\n");
      evidence.hosts().forEach(host -> lines(out, HOST + host.host(), host));
      if (!evidence.client().isEmpty()) {
        lines(out, PROFILE + evidence.client(), evidence.profile());
      }
      int number = 0;
      for (ProbeResult probe : evidence.probes()) {
        lines(out, PROBE + ++number, probe);
      }
    }
  }

  private static void lines(PrintWriter out, String about, Record something) {
    RecordLines.write(
        something,
        (path, value) ->
            out.print(
                about
                    + "\t"
                    + path
                    + "\t"
                    + value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
                    + "\n"));
  }

  /** Lines of another shape, and what they make impossible, are reported and skipped. */
  static Contents read(Path file, SkippedLines skipped) throws IOException {
    Map<String, Node> records = new LinkedHashMap<>();
    Map<String, Long> begins = new LinkedHashMap<>();
    List<String> lines = WindowsText.read(file).lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      String[] parts = lines.get(i).split("\t", 3);
      if (parts.length != 3) {
        skipped.add(i + 1L, SkippedLines.Kind.VALUE, "is not: about, path and value between tabs");
        continue;
      }
      records.computeIfAbsent(parts[0], name -> new Node()).put(parts[1], unescape(parts[2]));
      begins.putIfAbsent(parts[0], i + 1L);
    }
    Contents contents = new Contents(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
    records.forEach(
        (about, node) -> {
          try {
            add(contents, about, node);
          } catch (IllegalArgumentException | DateTimeException e) {
            skipped.add(
                begins.get(about), SkippedLines.Kind.VALUE, about + " is wrong: " + e.getMessage());
          }
        });
    return contents;
  }

  private static void add(Contents contents, String about, Node node) {
    if (about.startsWith(HOST)) {
      contents.hosts().add(RecordLines.read(HostFacts.class, node));
    } else if (about.startsWith(PROFILE)) {
      DialedProfile profile = RecordLines.read(DialedProfile.class, node);
      contents.profiles().put(about.substring(PROFILE.length()) + "\t" + profile.name(), profile);
    } else if (about.startsWith(PROBE)) {
      contents.probes().add(RecordLines.read(ProbeResult.class, node));
    } else {
      throw new IllegalArgumentException("it is no host, profile or probe");
    }
  }

  private static String unescape(String value) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        char next = value.charAt(++i);
        plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
