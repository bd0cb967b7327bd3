package vpnlab.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What really crosses the loopback interface at some UDP ports, captured by Wireshark's dumpcap.
 */
final class PacketCapture implements AutoCloseable {
  private static final String LAST_WORD = "the last datagram of this capture";

  private final Path file;
  private final ChildProcess dumpcap;
  private final int ownPort;

  private PacketCapture(Path file, ChildProcess dumpcap, int ownPort) {
    this.file = file;
    this.dumpcap = dumpcap;
    this.ownPort = ownPort;
  }

  static PacketCapture start(Path parent, int... ports) {
    Path directory = ChildProcess.folder(parent, "capture");
    Path file = directory.resolve("loopback.pcapng");
    int ownPort = FreePorts.udp();
    String filter =
        IntStream.concat(Arrays.stream(ports), IntStream.of(ownPort))
            .mapToObj(port -> "udp port " + port)
            .collect(Collectors.joining(" or "));
    ChildProcess dumpcap =
        ChildProcess.start(
            directory,
            "dumpcap",
            List.of(
                Program.named("dumpcap").toString(),
                "-q",
                "-i",
                "lo",
                "-f",
                filter,
                "-w",
                file.toString()));
    try {
      dumpcap.awaitReady(Duration.ofSeconds(20), () -> dumpcap.errors().contains("File:"));
    } catch (IllegalStateException notReady) {
      dumpcap.close();
      throw notReady;
    }
    return new PacketCapture(file, dumpcap, ownPort);
  }

  /**
   * Ends the capture and hands over its file. The kernel hands packets over in blocks, so a
   * datagram of our own is sent and waited for: all that came before it is then in the file.
   */
  Path stop() {
    byte[] lastWord = LAST_WORD.getBytes(StandardCharsets.US_ASCII);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(lastWord, lastWord.length, InetAddress.getLoopbackAddress(), ownPort));
    } catch (IOException unsent) {
      throw new UncheckedIOException(unsent);
    }
    dumpcap.awaitReady(Duration.ofSeconds(20), () -> ChildProcess.read(file).contains(LAST_WORD));
    dumpcap.terminate();
    return file;
  }

  @Override
  public void close() {
    dumpcap.close();
  }
}
