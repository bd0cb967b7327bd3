package vpnlab.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.evidence.npslog.NpsLogXml;

/** The file into which {@code up} lets NPS write its log, as NPS itself would. */
final class NpsLogFile implements AutoCloseable {
  /** As NPS ends its lines. */
  private static final String END_OF_LINE = "\r\n";

  private final BufferedWriter writer;
  private final boolean xml;

  private NpsLogFile(BufferedWriter writer, boolean xml) {
    this.writer = writer;
    this.xml = xml;
  }

  /**
   * @param file null when nobody wants one
   * @throws UsageException when it cannot be written
   */
  static NpsLogFile open(Path file, boolean xml) {
    if (file == null) {
      return new NpsLogFile(null, xml);
    }
    try {
      return new NpsLogFile(
          Files.newBufferedWriter(
              file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
          xml);
    } catch (IOException e) {
      throw new UsageException(
          "--nps-log: " + file + " cannot be written (" + e.getMessage() + ")");
    }
  }

  /** Writes a record at once, so that whoever looks at the file sees it. */
  synchronized void append(NpsLogLine line) {
    if (writer == null) {
      return;
    }
    try {
      writer.write(xml ? NpsLogXml.encode(line.record()) : NpsLogCsv.encode(line.record()));
      writer.write(END_OF_LINE);
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
