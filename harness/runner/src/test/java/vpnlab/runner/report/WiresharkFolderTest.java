package vpnlab.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.lab.Lab;
import vpnlab.lab.NetworkKind;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.SpecFile;
import vpnlab.runner.Home;

/** The folder is of use while the lab runs; Wireshark itself reads it in interop's tests. */
class WiresharkFolderTest {
  private static final int BLOCK_HEADER = 8;

  @TempDir private Path folder;

  @Test
  void theFileHoldsWholePacketsFromBeforeAndFromNow() throws IOException {
    LabSpec spec = LabSpec.of(SpecFile.read(Home.find().labs().resolve("always-on.yaml")));
    try (Lab lab = Lab.start(spec, NetworkKind.VIRTUAL, 1)) {
      lab.dial("desktop", "corp-ikev2");
      int before = lab.captures().size();
      try (WiresharkFolder open = WiresharkFolder.open(folder, lab)) {
        open.flush();
        assertThat(packets()).isEqualTo(before);
        lab.dial("laptop", "corp-ikev2");
        lab.ping("laptop", "10.0.0.5", 300);
        open.flush();
        assertThat(packets()).isEqualTo(lab.captures().size()).isGreaterThan(before + 300);
        assertThat(Files.readAllLines(folder.resolve("ikev2_decryption_table")))
            .isEqualTo(lab.ikeDecryptionTable())
            .hasSizeGreaterThan(1);
        assertThat(Files.readAllLines(folder.resolve("esp_sa"))).isEqualTo(lab.espSaTable());
      }
      int closed = packets();
      lab.hangUp("laptop");
      assertThat(packets()).isEqualTo(closed);
    }
  }

  /** Packet blocks of a file that ends where a block ends. */
  private int packets() throws IOException {
    var blocks =
        java.nio.ByteBuffer.wrap(Files.readAllBytes(folder.resolve(WiresharkFolder.CAPTURE)))
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int packets = 0;
    while (blocks.hasRemaining()) {
      assertThat(blocks.remaining()).isGreaterThanOrEqualTo(BLOCK_HEADER);
      packets += blocks.getInt(blocks.position()) == 6 ? 1 : 0;
      int length = blocks.getInt(blocks.position() + 4);
      assertThat(blocks.remaining()).isGreaterThanOrEqualTo(length);
      blocks.position(blocks.position() + length);
    }
    return packets;
  }
}
