package vpnlab.wire.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.pcap.PcapngReader.Packet;
import vpnlab.wire.pcap.PcapngWriter.Direction;

class PcapngReaderTest {
  @Test
  void everyPacketThatTheWriterWritesIsReadBack() throws Exception {
    Random random = new Random(1);
    for (int file = 0; file < 50; file++) {
      List<Packet> written = new ArrayList<>();
      byte[] capture = capture(random, written);
      assertThat(read(capture)).isEqualTo(written);
    }
  }

  private static byte[] capture(Random random, List<Packet> written) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(out, "test")) {
      List<PcapngInterface> interfaces =
          List.of(writer.addInterface("laptop"), writer.addInterface("rräs"));
      for (int i = random.nextInt(20); i > 0; i--) {
        byte[] ip = new byte[1 + random.nextInt(100)];
        random.nextBytes(ip);
        ip[0] = 0x45;
        if (ip.length > 3) {
          ip[2] = (byte) (ip.length >> 8);
          ip[3] = (byte) ip.length;
        }
        int at = random.nextInt(2);
        Direction direction = Direction.values()[random.nextInt(2)];
        Instant time =
            Instant.ofEpochSecond(random.nextInt() & 0x7fff_ffff, random.nextInt(1_000_000_000));
        writer.write(
            interfaces.get(at), time, direction, Octets.of(ip), random.nextBoolean() ? "ä" : "");
        written.add(
            new Packet(at == 0 ? "laptop" : "rräs", time, Optional.of(direction), Octets.of(ip)));
      }
    }
    return out.toByteArray();
  }

  private static List<Packet> read(byte[] capture) throws IOException, MalformedMessageException {
    PcapngReader reader = new PcapngReader(new ByteArrayInputStream(capture));
    List<Packet> packets = new ArrayList<>();
    for (Optional<Packet> packet = reader.next(); packet.isPresent(); packet = reader.next()) {
      packets.add(packet.get());
    }
    return packets;
  }

  /** A file as another tool writes it: big-endian, Ethernet, microseconds, no options. */
  @Test
  void ethernetFramesInTheOtherByteOrderAreReadToo() throws Exception {
    ByteBuffer file = ByteBuffer.allocate(200).order(ByteOrder.BIG_ENDIAN);
    file.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0);
    file.putLong(-1).putInt(28);
    file.putInt(1).putInt(20).putShort((short) 1).putShort((short) 0).putInt(0).putInt(20);
    byte[] frame = new byte[60];
    frame[12] = 8;
    frame[14] = 0x45;
    frame[17] = 20;
    file.putInt(6).putInt(92).putInt(0);
    long micros = 1_768_467_600_000_001L;
    file.putInt((int) (micros >>> 32)).putInt((int) micros).putInt(60).putInt(60).put(frame);
    file.putInt(92);
    List<Packet> packets = read(java.util.Arrays.copyOf(file.array(), file.position()));
    assertThat(packets).hasSize(1);
    assertThat(packets.get(0).at()).isEqualTo(Instant.parse("2026-01-15T09:00:00.000001Z"));
    assertThat(packets.get(0).ip().size()).isEqualTo(20);
    assertThat(packets.get(0).direction()).isEmpty();
  }

  @Test
  void whatIsNoCaptureIsRefused() {
    for (String hex : new String[] {"", "00", "0a0d0d0a", "d4c3b2a10200040000000000"}) {
      assertThatThrownBy(() -> read(Octets.ofHex(hex).toArray()))
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  @Test
  void anyOctetsAreACaptureOrMalformed() throws IOException {
    Random random = new Random(2);
    int good = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] capture = capture(random, new ArrayList<>());
      for (int n = random.nextInt(4); n >= 0; n--) {
        capture[random.nextInt(capture.length)] = (byte) random.nextInt();
      }
      try {
        read(java.util.Arrays.copyOf(capture, capture.length - random.nextInt(3)));
        good++;
      } catch (MalformedMessageException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(good).isBetween(500, 4_500);
  }
}
