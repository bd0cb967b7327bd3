package vpnlab.wire.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Fragmentation;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.TcpSegment;
import vpnlab.wire.ip.UdpDatagram;

class PcapngWriterTest {
  private static final Ipv4Address A = Ipv4Address.parse("10.0.0.1");
  private static final Ipv4Address B = Ipv4Address.parse("10.0.0.2");
  private static final Instant AT = Instant.parse("2026-03-02T08:00:00.123456789Z");

  @TempDir Path folder;

  /** Nothing that tshark's heuristics take for a protocol. */
  private static Octets text(int size) {
    return Octets.ofText("q".repeat(size), StandardCharsets.US_ASCII);
  }

  private static List<Ipv4Packet> packets() {
    Octets udp = UdpDatagram.of(A, 40_000, B, 50_000, text(2500)).encode();
    Ipv4Packet datagram = Ipv4Packet.of(1, IpProtocol.UDP, A, B, udp);
    List<Ipv4Packet> packets = new ArrayList<>(Fragmentation.fragments(datagram, 1500));
    Octets error = IcmpMessage.error(IcmpKind.PORT_UNREACHABLE, datagram).encode();
    packets.add(Ipv4Packet.of(2, IpProtocol.ICMP, B, A, error));
    TcpSegment syn =
        TcpSegment.of(
            4001,
            443,
            1000,
            0,
            TcpSegment.SYN,
            65_535,
            TcpSegment.maximumSegmentSize(1460),
            Octets.EMPTY);
    packets.add(Ipv4Packet.of(3, IpProtocol.TCP, A, B, syn.checksummed(A, B).encode()));
    return packets;
  }

  private Path capture() throws IOException {
    Path file = folder.resolve("capture.pcapng");
    try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file), "vpnlab test")) {
      PcapngInterface client = writer.addInterface("client");
      PcapngInterface server = writer.addInterface("server");
      int number = 0;
      for (Ipv4Packet packet : packets()) {
        boolean odd = number++ % 2 == 1;
        writer.write(
            odd ? server : client,
            AT.plusNanos(number),
            odd ? PcapngWriter.Direction.INBOUND : PcapngWriter.Direction.OUTBOUND,
            packet.encode(),
            "packet " + number);
      }
    }
    return file;
  }

  private static String tshark(Path file, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static void needTshark() {
    boolean missing = true;
    for (String entry : System.getenv("PATH").split(":")) {
      missing &= !Files.isExecutable(Path.of(entry, "tshark"));
    }
    if (missing && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("tshark is not installed, and CI must not skip real peers");
    }
    assumeTrue(!missing, "tshark is not installed");
  }

  @Test
  @Tag("real-peer")
  void tsharkReadsInterfacesTimesDirectionsAndComments() throws Exception {
    needTshark();
    String lines =
        tshark(
            capture(),
            "-T",
            "fields",
            "-e",
            "frame.interface_name",
            "-e",
            "frame.time_epoch",
            "-e",
            "frame.packet_flags_direction",
            "-e",
            "frame.comment",
            "-e",
            "_ws.col.Protocol");
    assertThat(lines.lines().filter(line -> line.contains("packet")))
        .containsExactly(
            "client\t1772438400.123456790\t0x00000002\tpacket 1\tIPv4",
            "server\t1772438400.123456791\t0x00000001\tpacket 2\tUDP",
            "client\t1772438400.123456792\t0x00000002\tpacket 3\tICMP",
            "server\t1772438400.123456793\t0x00000001\tpacket 4\tTCP");
  }

  @Test
  @Tag("real-peer")
  void tsharkFindsNothingMalformedAndAllChecksumsRight() throws Exception {
    needTshark();
    String complaints =
        tshark(
            capture(),
            "-o",
            "ip.check_checksum:TRUE",
            "-o",
            "udp.check_checksum:TRUE",
            "-o",
            "tcp.check_checksum:TRUE",
            "-Y",
            "_ws.malformed || ip.checksum.status == 0 || udp.checksum.status == 0"
                + " || tcp.checksum.status == 0 || icmp.checksum.status == 0",
            "-T",
            "fields",
            "-e",
            "frame.number");
    assertThat(complaints.lines().filter(line -> line.matches("\\d+"))).isEmpty();
  }
}
