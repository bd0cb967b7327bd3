package vpnlab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vpnlab.lab.Lab;
import vpnlab.lab.OpenPorts;
import vpnlab.lab.RadiusElsewhere;
import vpnlab.lab.TranscriptLine;
import vpnlab.lab.spec.NpsSpec;
import vpnlab.runner.Home;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.runner.real.OpenScenario;
import vpnlab.runner.report.Ladder;
import vpnlab.runner.report.ResultJson;
import vpnlab.runner.report.Transcript;
import vpnlab.runner.report.WiresharkFolder;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a scenario's lab on real ports, for real clients to dial.",
      "Prints one line of JSON when it is ready, runs until Ctrl-C or SIGTERM, then prints on",
      "stderr what it saw.",
      "",
      "A lab may be up for days: it keeps the last 20,000 records of every event log, the last",
      "50,000 of NPS's log (all of it goes to --nps-log), and 100,000 packets or 32 MiB of each",
      "host's capture, and says at the end how many are gone."
    })
final class UpCommand implements Callable<Integer> {
  /** Lines of the ladder that is printed at the end; a report has all that are kept. */
  private static final int LADDER_LINES = 2000;

  @Parameters(paramLabel = "SCENARIO", description = "Its name, or the path of its file.")
  private String name;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The local address to listen on; default 127.0.0.1.")
  private String bind;

  @Option(
      names = "--ports",
      paramLabel = "real|offset:N",
      defaultValue = "offset:10000",
      description = "500, 4500, 1812 and 1813, or N more than these; default offset:10000.")
  private String ports;

  @Option(
      names = "--radius",
      paramLabel = "HOST:PORT:SECRET",
      description = "A real RADIUS server that RRAS asks in NPS's place.")
  private String radius;

  @Option(
      names = "--capture",
      paramLabel = "DIR",
      description = {
        "Writes the capture there while the lab runs, with the keys of IKE and ESP, so that",
        "'WIRESHARK_CONFIG_DIR=DIR wireshark DIR/capture.pcapng' decrypts it, and at the end the",
        "transcript."
      })
  private Path capture;

  /** What {@code --capture} was called first. */
  @Option(names = "--report", hidden = true)
  private Path report;

  @Option(
      names = "--nps-log",
      paramLabel = "FILE",
      description = "Appends NPS's accounting log to that file, record by record.")
  private Path npsLog;

  @Option(
      names = "--nps-log-format",
      paramLabel = "csv|dts",
      description = "How; default what the lab's NPS is configured for.")
  private String npsLogFormat;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Scenario scenario = ScenarioCatalogue.of(Home.find()).select(List.of(name)).get(0);
    OpenPorts chosen = chosenPorts();
    boolean xml = xmlLog(scenario);
    Path folder = captureFolder();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (NpsLogFile log = NpsLogFile.open(npsLog, xml);
        OpenScenario open = OpenScenario.start(scenario, chosen, elsewhere());
        WiresharkFolder captured =
            folder == null ? null : WiresharkFolder.open(folder, open.lab())) {
      open.lab().onNpsLog(log::append);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, done), "the-end"));
      spec.commandLine().getErr().print(open.summary());
      spec.commandLine().getErr().flush();
      spec.commandLine().getOut().println(ResultJson.line(open.ready()));
      spec.commandLine().getOut().flush();
      await(stop);
      if (captured != null) {
        captured.close();
        Files.writeString(
            folder.resolve("transcript.txt"), Transcript.text(open.lab().transcript()));
      }
      tell(open);
      if (folder != null) {
        spec.commandLine().getErr().println("capture: " + folder);
      }
      open.close();
      return ExitCode.AS_EXPECTED;
    } catch (BindException e) {
      spec.commandLine()
          .getErr()
          .println(
              "vpnlab up: "
                  + e.getMessage()
                  + "; end what uses it, or choose other ports with --ports offset:N");
      return ExitCode.ENVIRONMENT;
    } finally {
      done.countDown();
    }
  }

  /** Runs when the process is told to end: lets {@link #call} say its last words. */
  private static void end(CountDownLatch stop, CountDownLatch done) {
    stop.countDown();
    await(done);
    Runtime.getRuntime().halt(ExitCode.AS_EXPECTED);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The folder of the capture, made at once: a wrong one shall not be found out at the end. */
  private Path captureFolder() {
    Path folder = capture == null ? report : capture;
    if (folder != null) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new UsageException("--capture: " + folder + " cannot be made (" + e + ")");
      }
    }
    return folder;
  }

  private void tell(OpenScenario open) {
    PrintWriter err = spec.commandLine().getErr();
    err.println();
    err.println("what " + open.lab().captures().size() + " packets and the logs showed");
    List<TranscriptLine> lines = open.lab().transcript();
    int from = Math.max(0, lines.size() - LADDER_LINES);
    err.println(Ladder.of(lines.subList(from, lines.size())));
    if (from > 0) {
      err.println("(the last " + LADDER_LINES + " of " + lines.size() + " lines)");
    }
    Lab.Forgotten forgotten = open.lab().forgotten();
    if (!forgotten.nothing()) {
      err.println(
          "too much to keep; the oldest are gone: %d event records, %d records of NPS's log in memory, %d lines, %d captured packets"
              .formatted(
                  forgotten.events(),
                  forgotten.npsLog(),
                  forgotten.transcript(),
                  forgotten.packets()));
    }
    err.flush();
  }

  private boolean xmlLog(Scenario scenario) {
    NpsSpec.LogSpec configured = scenario.labWithout(Set.of()).nps().log();
    if (npsLog == null) {
      if (npsLogFormat != null) {
        throw new UsageException("--nps-log-format needs --nps-log FILE");
      }
      return false;
    }
    if (!configured.enabled()) {
      spec.commandLine()
          .getErr()
          .println("vpnlab up: the NPS of this lab writes no log, " + npsLog + " stays empty");
    }
    if (npsLogFormat == null) {
      return configured.format() == NpsSpec.LogFormat.DTS;
    }
    if (!List.of("csv", "dts").contains(npsLogFormat)) {
      throw new UsageException("--nps-log-format: '" + npsLogFormat + "' is neither csv nor dts");
    }
    return npsLogFormat.equals("dts");
  }

  private OpenPorts chosenPorts() {
    InetAddress address;
    try {
      // Java would take 1.2.3 for 1.2.0.3.
      if (bind.matches("[0-9.]+") && !bind.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
        throw new UnknownHostException(bind);
      }
      address = InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new UsageException("--bind: '" + bind + "' is no address of this computer");
    }
    if (ports.equals("real")) {
      return OpenPorts.real(address);
    }
    if (ports.matches("offset:\\d{1,5}")) {
      int offset = Integer.parseInt(ports.substring("offset:".length()));
      if (offset + 4500 <= 65535) {
        return OpenPorts.offset(address, offset);
      }
    }
    throw new UsageException(
        "--ports: '" + ports + "' is neither 'real' nor 'offset:N' with N up to 61035");
  }

  private Optional<RadiusElsewhere> elsewhere() {
    try {
      return Optional.ofNullable(radius).map(RadiusElsewhere::parse);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--radius: " + e.getMessage());
    }
  }
}
