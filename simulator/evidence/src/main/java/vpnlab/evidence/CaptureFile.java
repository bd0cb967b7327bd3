package vpnlab.evidence;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vpnlab.wire.pcap.PcapngInterface;
import vpnlab.wire.pcap.PcapngReader;
import vpnlab.wire.pcap.PcapngWriter;

/**
 * Captured packets as pcapng has them: an interface for each host, called as the host is, and one
 * for each of its tunnels, called {@code host (tunnel)}.
 */
public final class CaptureFile {
  private static final Pattern TUNNEL = Pattern.compile("(\\S+) \\((.+)\\)");

  private final PcapngWriter writer;
  private final Map<String, PcapngInterface> interfaces = new HashMap<>();

  public CaptureFile(PcapngWriter writer) {
    this.writer = writer;
  }

  /** Appends a packet, and its interface when it is the first there. */
  public void write(CapturedPacket packet) throws IOException {
    String name = packet.isOuter() ? packet.host() : packet.host() + " (" + packet.tunnel() + ")";
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

  /** A packet of such a file; empty for one without a direction, which nobody can place. */
  public static Optional<CapturedPacket> read(PcapngReader.Packet packet) {
    Matcher tunnel = TUNNEL.matcher(packet.interfaceName());
    boolean inner = tunnel.matches();
    return packet
        .direction()
        .map(
            direction ->
                new CapturedPacket(
                    packet.at(),
                    inner ? tunnel.group(1) : packet.interfaceName(),
                    inner ? tunnel.group(2) : "",
                    direction == PcapngWriter.Direction.OUTBOUND
                        ? CapturedPacket.Direction.SENT
                        : CapturedPacket.Direction.RECEIVED,
                    packet.ip()));
  }
}
