package vpnlab.files;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.evidence.HostFacts;

/**
 * What {@code ipconfig}, {@code Get-Service} and {@code netstat} show on hosts, in lines of three
 * columns between commas: {@code Host,What,Value}, where What is {@code Address}, {@code Service}
 * (value {@code name=Running}) or {@code Listener} (value {@code udp/10.0.0.2:1812}). This format
 * is vpnlab's own; a line for each thing keeps it easy to write by hand.
 */
public final class HostFactsFile {
  private static final String HEADING = "Host,What,Value";

  private HostFactsFile() {}

  static boolean begins(String text) {
    return text.startsWith(HEADING);
  }

  /** Writes a file of that format. */
  public static void write(Path file, List<HostFacts> hosts) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.print(HEADING + "\n");
      for (HostFacts host : hosts) {
        host.addresses().forEach(address -> line(out, host.host(), "Address", address));
        host.services()
            .forEach((name, state) -> line(out, host.host(), "Service", name + "=" + state));
        host.listeners().forEach(listener -> line(out, host.host(), "Listener", listener));
      }
    }
  }

  private static void line(PrintWriter out, String host, String what, String value) {
    out.print(host + "," + what + "," + value + "\n");
  }

  /** Lines of another shape are reported and skipped. */
  static List<HostFacts> read(Path file, SkippedLines skipped) throws IOException {
    Map<String, Facts> hosts = new LinkedHashMap<>();
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      String[] columns = lines.get(i).split(",", 3);
      boolean good =
          columns.length == 3
              && hosts.computeIfAbsent(columns[0], name -> new Facts()).add(columns[1], columns[2]);
      if (!good) {
        skipped.add(i + 1L, SkippedLines.Kind.VALUE, "is not Host,What,Value");
      }
    }
    return hosts.entrySet().stream().map(host -> host.getValue().of(host.getKey())).toList();
  }

  private static final class Facts {
    private final List<String> addresses = new ArrayList<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final List<String> listeners = new ArrayList<>();

    boolean add(String what, String value) {
      int equals = value.indexOf('=');
      switch (what) {
        case "Address" -> addresses.add(value);
        case "Listener" -> listeners.add(value);
        case "Service" -> {
          if (equals < 0) {
            return false;
          }
          services.put(value.substring(0, equals), value.substring(equals + 1));
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    HostFacts of(String name) {
      return new HostFacts(name, addresses, services, listeners);
    }
  }
}
