package vpnlab.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.evidence.CaptureFile;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.StoreListing;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.evidence.npslog.NpsLogXml;
import vpnlab.wire.pcap.PcapngWriter;

/**
 * Writes evidence as administrators get it: for each host a folder with its event logs as XML, its
 * capture, and NPS's logs, beside them the certificate stores and what the hosts' own tools show.
 * {@link EvidenceFolder} reads all of it back.
 */
public final class EvidenceExport {
  /** In which format NPS writes its log. */
  public enum NpsLogFormat {
    CSV,
    XML
  }

  private static final String USER_STORE = "CurrentUser\\My";

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
    FactsFile.write(folder.resolve("facts.txt"), evidence);
    if (!evidence.client().isEmpty()) {
      dumps(hostFolder(folder, evidence.client()), evidence);
    }
  }

  /**
   * What the client's user would print: the personal store, and the profile where it is managed.
   */
  private static void dumps(Path folder, Evidence evidence) throws IOException {
    String client = evidence.client();
    List<StoreListing.Entry> entries =
        evidence.certificates().stream()
            .filter(each -> each.host().equals(client) && each.store().equals(USER_STORE))
            .flatMap(each -> CertificateFile.listed(each).stream())
            .toList();
    boolean known = evidence.certificates().stream().anyMatch(each -> each.host().equals(client));
    if (known) {
      CertutilDump.write(
          folder.resolve("certutil-store-user-my.txt"),
          new StoreListing(client, USER_STORE, true, entries));
    }
    WmiProfile.write(folder.resolve("wmi-vpnv2.txt"), client, evidence.profile());
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
            out.print(EventXml.write(event, ++record));
            out.print('\n');
          }
          out.print("</Events>\n");
        }
      }
    }
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
        CaptureFile capture = new CaptureFile(writer);
        for (CapturedPacket packet : host.getValue()) {
          capture.write(packet);
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
