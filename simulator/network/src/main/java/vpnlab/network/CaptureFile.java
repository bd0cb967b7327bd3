package vpnlab.network;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vpnlab.evidence.CapturedPacket;
import vpnlab.wire.pcap.PcapngInterface;
import vpnlab.wire.pcap.PcapngWriter;

/** Writes captured packets as pcapng, with one interface per host and tunnel, for Wireshark. */
public final class CaptureFile {
  private CaptureFile() {}

  /**
   * Writes a file.
   *
   * @param packets in the order of the file; Wireshark likes them sorted by time
   * @param comment for each packet; empty means none
   * @param out is closed
   */
  public static void write(
      List<CapturedPacket> packets, Function<CapturedPacket, String> comment, OutputStream out)
      throws IOException {
    Map<String, PcapngInterface> interfaces = new LinkedHashMap<>();
    try (PcapngWriter writer = new PcapngWriter(out, "vpnlab")) {
      for (CapturedPacket packet : packets) {
        String name =
            packet.isOuter() ? packet.host() : packet.host() + " (" + packet.tunnel() + ")";
        PcapngInterface from = interfaces.get(name);
        if (from == null) {
          from = writer.addInterface(name);
          interfaces.put(name, from);
        }
        writer.write(from, packet.at(), direction(packet), packet.ip(), comment.apply(packet));
      }
    }
  }

  private static PcapngWriter.Direction direction(CapturedPacket packet) {
    return packet.direction() == CapturedPacket.Direction.SENT
        ? PcapngWriter.Direction.OUTBOUND
        : PcapngWriter.Direction.INBOUND;
  }
}
