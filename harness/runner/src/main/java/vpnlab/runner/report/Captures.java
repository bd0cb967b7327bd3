package vpnlab.runner.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vpnlab.evidence.CaptureFile;
import vpnlab.evidence.CapturedPacket;
import vpnlab.wire.pcap.PcapngWriter;

/** Captures as a file for Wireshark, an interface for each host and each tunnel. */
public final class Captures {
  private Captures() {}

  public static void write(Path file, List<CapturedPacket> packets) throws IOException {
    try (PcapngWriter writer =
        new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(file)), "vpnlab")) {
      CaptureFile all = new CaptureFile(writer);
      for (CapturedPacket packet : packets) {
        all.write(packet);
      }
    }
  }
}
