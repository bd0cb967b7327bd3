package vpnlab.runner.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.evidence.CapturedPacket;
import vpnlab.wire.pcap.PcapngInterface;
import vpnlab.wire.pcap.PcapngWriter;
import vpnlab.wire.pcap.PcapngWriter.Direction;

/** Captures as a file for Wireshark, an interface for each host and each tunnel. */
public final class Captures {
  private Captures() {}

  public static void write(Path file, List<CapturedPacket> packets) throws IOException {
    try (PcapngWriter writer =
        new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(file)), "vpnlab")) {
      Map<String, PcapngInterface> interfaces = new LinkedHashMap<>();
      for (CapturedPacket packet : packets) {
        String name =
            packet.isOuter() ? packet.host() : packet.host() + " (" + packet.tunnel() + ")";
        PcapngInterface at = interfaces.get(name);
        if (at == null) {
          at = writer.addInterface(name);
          interfaces.put(name, at);
        }
        boolean sent = packet.direction() == CapturedPacket.Direction.SENT;
        writer.write(
            at, packet.at(), sent ? Direction.OUTBOUND : Direction.INBOUND, packet.ip(), "");
      }
    }
  }
}
