package vpnlab.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.evidence.npslog.NpsLogXml;
import vpnlab.wire.pcap.PcapngInterface;
import vpnlab.wire.pcap.PcapngWriter;

/**
 * Writes evidence as administrators get it: for each host a folder with its event logs as XML, its
 * capture, its certificate stores and NPS's logs. {@link EvidenceFolder} reads all of it back.
 */
public final class EvidenceExport {
  private static final DateTimeFormatter SYSTEM_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** In which format NPS writes its log. */
  public enum NpsLogFormat {
    CSV,
    XML
  }

  private EvidenceExport() {}

  /** Writes below {@code folder}, which is made when it is not there. */
  public static void write(Path folder, Evidence evidence, NpsLogFormat format) throws IOException {
    Files.createDirectories(folder);
    events(folder, evidence);
    captures(folder, evidence);
    npsLogs(folder, evidence, format);
    if (!evidence.certificates().isEmpty()) {
      CertificateFile.write(folder.resolve("certificates.pem"), evidence.certificates());
    }
    if (!evidence.hosts().isEmpty()) {
      HostFactsFile.write(folder.resolve("hosts.csv"), evidence.hosts());
    }
    if (!evidence.probes().isEmpty()) {
      ProbesFile.write(folder.resolve("probes.csv"), evidence.probes());
    }
  }

  private static Path hostFolder(Path folder, String host) throws IOException {
    return Files.createDirectories(folder.resolve(host));
  }

  private static void events(Path folder, Evidence evidence) throws IOException {
    Map<String, Map<String, List<EventRecord>>> logs = new LinkedHashMap<>();
    for (EventRecord event : evidence.events()) {
      logs.computeIfAbsent(event.host(), host -> new LinkedHashMap<>())
          .computeIfAbsent(event.log(), log -> new ArrayList<>())
          .add(event);
    }
    for (var host : logs.entrySet()) {
      for (var log : host.getValue().entrySet()) {
        String name = log.getKey().replaceAll("[^A-Za-z0-9-]+", "-") + ".xml";
        Path file = hostFolder(folder, host.getKey()).resolve(name);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
          out.print("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<Events>\n");
          long record = 0;
          for (EventRecord event : log.getValue()) {
            out.print(xml(event, ++record));
            out.print('\n');
          }
          out.print("</Events>\n");
        }
      }
    }
  }

  /** One event as {@code wevtutil qe /f:xml} prints it, insertion strings with their names. */
  static String xml(EventRecord event, long record) {
    StringBuilder xml = new StringBuilder(512);
    xml.append("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>");
    xml.append("<Provider Name='").append(escape(event.source())).append("'/>");
    xml.append("<EventID>").append(event.id()).append("</EventID>");
    xml.append("<Level>").append(level(event.level())).append("</Level>");
    xml.append("<Keywords>").append(keywords(event.level())).append("</Keywords>");
    xml.append("<TimeCreated SystemTime='").append(time(event.at())).append("'/>");
    xml.append("<EventRecordID>").append(record).append("</EventRecordID>");
    xml.append("<Channel>").append(escape(event.log())).append("</Channel>");
    xml.append("<Computer>").append(escape(event.host())).append("</Computer>");
    xml.append("</System><EventData>");
    event
        .data()
        .forEach(
            (name, value) ->
                xml.append("<Data Name='")
                    .append(escape(name))
                    .append("'>")
                    .append(escape(value))
                    .append("</Data>"));
    xml.append("</EventData>");
    if (!event.message().isEmpty()) {
      xml.append("<RenderingInfo Culture='en-US'><Message>")
          .append(escape(event.message()))
          .append("</Message></RenderingInfo>");
    }
    return xml.append("</Event>").toString();
  }

  private static String time(Instant at) {
    return SYSTEM_TIME.format(at);
  }

  private static int level(EventRecord.Level level) {
    return switch (level) {
      case ERROR -> 2;
      case WARNING -> 3;
      case INFORMATION -> 4;
      case AUDIT_SUCCESS, AUDIT_FAILURE -> 0;
    };
  }

  private static String keywords(EventRecord.Level level) {
    return switch (level) {
      case AUDIT_SUCCESS -> "0x8020000000000000";
      case AUDIT_FAILURE -> "0x8010000000000000";
      case ERROR, WARNING, INFORMATION -> "0x80000000000000";
    };
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '\'' -> escaped.append("&apos;");
        case '\n', '\r', '\t' -> escaped.append("&#").append((int) c).append(';');
        default -> escaped.append(c < ' ' || c >= '\ufffe' ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }

  private static void captures(Path folder, Evidence evidence) throws IOException {
    Map<String, List<CapturedPacket>> byHost = new LinkedHashMap<>();
    for (CapturedPacket packet : evidence.packets()) {
      byHost.computeIfAbsent(packet.host(), host -> new ArrayList<>()).add(packet);
    }
    for (var host : byHost.entrySet()) {
      Path file = hostFolder(folder, host.getKey()).resolve("capture.pcapng");
      try (PcapngWriter writer =
          new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(file)), "vpnlab")) {
        Map<String, PcapngInterface> interfaces = new LinkedHashMap<>();
        for (CapturedPacket packet : host.getValue()) {
          String name = host.getKey() + (packet.isOuter() ? "" : " (" + packet.tunnel() + ")");
          PcapngInterface at = interfaces.get(name);
          if (at == null) {
            at = writer.addInterface(name);
            interfaces.put(name, at);
          }
          boolean sent = packet.direction() == CapturedPacket.Direction.SENT;
          writer.write(
              at,
              packet.at(),
              sent ? PcapngWriter.Direction.OUTBOUND : PcapngWriter.Direction.INBOUND,
              packet.ip(),
              "");
        }
      }
    }
  }

  private static void npsLogs(Path folder, Evidence evidence, NpsLogFormat format)
      throws IOException {
    Map<Path, List<NpsLogLine>> files = new LinkedHashMap<>();
    for (NpsLogLine line : evidence.npsLog()) {
      Path file = hostFolder(folder, line.host()).resolve(line.file());
      files.computeIfAbsent(file, name -> new ArrayList<>()).add(line);
    }
    for (var file : files.entrySet()) {
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file.getKey()))) {
        for (NpsLogLine line : file.getValue()) {
          out.print(
              format == NpsLogFormat.CSV
                  ? NpsLogCsv.encode(line.record())
                  : NpsLogXml.encode(line.record()));
          out.print("\r\n");
        }
      }
    }
  }
}
