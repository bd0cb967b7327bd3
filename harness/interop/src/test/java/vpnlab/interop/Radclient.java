package vpnlab.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request by FreeRADIUS's radclient, which checks the answer's authenticators itself. */
final class Radclient {
  private final int port;
  private final String secret;

  private Radclient(int port, String secret) {
    this.port = port;
    this.secret = secret;
  }

  /** Asks the RADIUS server at that port of 127.0.0.1. */
  static Radclient asking(int port, String secret) {
    return new Radclient(port, secret);
  }

  /**
   * What came back.
   *
   * @param code e.g. {@code Access-Accept}; empty when there was no answer
   */
  record Answer(String code, String log) {
    /** The attribute's first value as radclient prints it, without quotes. */
    Optional<String> attribute(String name) {
      String answer = log.substring(Math.max(0, log.indexOf("Received ")));
      Matcher line = Pattern.compile("\\t" + name + " = \"?([^\"\\n]*)\"?").matcher(answer);
      return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param kind {@code auth}, {@code acct} or {@code status}
   * @param attributes as radclient reads them, separated by commas
   */
  Answer send(Path parent, String kind, String attributes) {
    Path directory = ChildProcess.folder(parent, "radclient");
    Path file = ChildProcess.write(directory.resolve("request"), attributes + "\n");
    ChildProcess.Ended ended =
        ChildProcess.run(
            directory,
            "radclient",
            Map.of(),
            Duration.ofSeconds(20),
            List.of(
                Program.named("radclient").toString(),
                "-x",
                "-r",
                "2",
                "-t",
                "2",
                "-f",
                file.toString(),
                "127.0.0.1:" + port,
                kind,
                secret));
    Matcher received = Pattern.compile("Received ([A-Za-z-]+) Id").matcher(ended.output());
    return new Answer(received.find() ? received.group(1) : "", ended.output());
  }
}
