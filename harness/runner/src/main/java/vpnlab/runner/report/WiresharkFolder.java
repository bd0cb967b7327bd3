package vpnlab.runner.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import vpnlab.evidence.CaptureFile;
import vpnlab.evidence.CapturedPacket;
import vpnlab.lab.Lab;
import vpnlab.wire.Octets;
import vpnlab.wire.pcap.PcapngWriter;

/**
 * A folder that Wireshark can use at any time while a lab runs: the capture, the keys of IKE and
 * ESP in Wireshark's own tables, and settings with which it uses them. It is a configuration folder
 * of Wireshark: {@code WIRESHARK_CONFIG_DIR=DIR wireshark DIR/capture.pcapng}.
 */
public final class WiresharkFolder implements AutoCloseable {
  /** The capture within the folder. */
  public static final String CAPTURE = "capture.pcapng";

  private static final long FLUSH_MILLIS = 500;
  private static final int MOST_PENDING = 1 << 20;
  private static final int IKE_PORT = 500;
  private static final Octets MARKER = Octets.zeros(4);
  private static final int PROTOCOL_AT = 9;
  private static final int UDP = 17;
  private static final int UDP_HEADER = 8;

  private final Path folder;
  private final Lab lab;
  private final OutputStream file;

  /** Whole packets, so that the file never ends within one. */
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  private final CaptureFile packets = new CaptureFile(new PcapngWriter(pending, "vpnlab"));
  private final Map<String, List<String>> tables = new HashMap<>();
  private final ScheduledExecutorService flusher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "capture-flusher");
            thread.setDaemon(true);
            return thread;
          });
  private boolean marked;
  private boolean closed;

  private WiresharkFolder(Path folder, Lab lab) throws IOException {
    this.folder = folder;
    this.lab = lab;
    this.file = Files.newOutputStream(folder.resolve(CAPTURE));
  }

  /** Makes the folder and writes all that the lab's hosts have seen and see until it is closed. */
  public static WiresharkFolder open(Path folder, Lab lab) throws IOException {
    Files.createDirectories(folder);
    writeSettings(folder);
    WiresharkFolder open = new WiresharkFolder(folder, lab);
    open.flush();
    lab.onCapture(open::append);
    open.flusher.scheduleWithFixedDelay(
        open::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    return open;
  }

  /** Lets Wireshark decrypt ESP with the table, and check what protects its integrity. */
  static void writeSettings(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("preferences"),
        "esp.enable_encryption_decode: TRUE\nesp.enable_authentication_check: TRUE\n");
  }

  private synchronized void append(CapturedPacket packet) {
    if (closed) {
      return;
    }
    try {
      packets.write(packet);
      if (pending.size() > MOST_PENDING) {
        flush();
      }
      if (!marked && hasMarkerOnIkePort(packet)) {
        marked = true;
        replace(
            "decode_as_entries",
            List.of("decode_as_entry: udp.port," + IKE_PORT + ",ISAKMP,UDPENCAP"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /**
   * A client on ports of its own puts the non-ESP marker (RFC 3948 section 2.2) before all that it
   * sends, and ESP beside it, to whatever port it was told; Wireshark expects neither on port 500.
   */
  private static boolean hasMarkerOnIkePort(CapturedPacket packet) {
    Octets ip = packet.ip();
    int header = (ip.at(0) & 0x0f) * 4;
    int data = header + UDP_HEADER;
    if (ip.at(PROTOCOL_AT) != UDP || ip.size() < data + MARKER.size()) {
      return false;
    }
    int from = ip.at(header) << 8 | ip.at(header + 1);
    int to = ip.at(header + 2) << 8 | ip.at(header + 3);
    return (from == IKE_PORT || to == IKE_PORT) && ip.from(data).startsWith(MARKER);
  }

  /** Writes what is there: first keys, so that no packet is there before its key. */
  public synchronized void flush() {
    if (closed) {
      return;
    }
    try {
      replace("ikev2_decryption_table", lab.ikeDecryptionTable());
      replace("esp_sa", lab.espSaTable());
      pending.writeTo(file);
      pending.reset();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /** Whoever reads the file finds the old table or the new one, never half of one. */
  private void replace(String name, List<String> lines) throws IOException {
    if (lines.equals(tables.put(name, lines))) {
      return;
    }
    Path fresh = folder.resolve("." + name + ".new");
    Files.write(fresh, lines);
    Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    flusher.shutdownNow();
    flush();
    synchronized (this) {
      if (!closed) {
        closed = true;
        file.close();
      }
    }
  }
}
