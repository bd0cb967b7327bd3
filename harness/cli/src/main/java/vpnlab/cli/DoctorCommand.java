package vpnlab.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vpnlab.runner.Home;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.runner.report.Table;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at this machine: what vpnlab needs, what is optional, and what each is for.",
      "Exit code 3 when something that it needs is missing."
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private final Table table = new Table("", "WHAT", "FOUND", "WHAT IT IS FOR");
  private boolean fit = true;

  @Override
  public Integer call() {
    Home home = Home.find();
    int java = Runtime.version().feature();
    needed(java >= 17, "Java 17 or newer", Runtime.version().toString(), "everything");
    boolean catalogue = Files.isDirectory(home.labs());
    int scenarios = catalogue ? ScenarioCatalogue.of(home).names().size() : 0;
    needed(scenarios > 0, "scenarios", scenarios + " in " + home.scenarios(), "test, run, list");
    loopback();
    for (int port : List.of(500, 4500, 1812)) {
      port(port);
    }
    optional(
        Files.isReadable(Path.of("/dev/net/tun")) || Files.exists(Path.of("/dev/net/tun")),
        "TUN device",
        "/dev/net/tun",
        "a real client that puts an interface up");
    program("tests against strongSwan, as client and as server", "charon-cmd", "swanctl");
    program("FreeRADIUS in the place of NPS", "freeradius", "radiusd");
    program("EAP-MSCHAPv2 and EAP-TLS against our NPS", "eapol_test");
    program("probing our IKE responder", "ike-scan");
    program("reading captures, looking for malformed packets", "tshark");
    program("labs in containers (later)", "docker");
    PrintWriter out = spec.commandLine().getOut();
    out.print(table);
    out.println();
    out.println(
        fit
            ? "This machine runs vpnlab. What is marked - is optional."
            : "Something that vpnlab needs is missing; see MISSING above.");
    return fit ? ExitCode.AS_EXPECTED : ExitCode.ENVIRONMENT;
  }

  private void needed(boolean there, String what, String found, String purpose) {
    table.row(there ? "ok" : "MISSING", what, found, purpose);
    fit &= there;
  }

  private void optional(boolean there, String what, String found, String purpose) {
    table.row(there ? "ok" : "-", what, there ? found : "not found", purpose);
  }

  private void loopback() {
    boolean there;
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.7.7.7"), 0))) {
      there = socket.isBound();
    } catch (IOException e) {
      there = false;
    }
    optional(
        there,
        "addresses 127.x.y.z",
        "usable",
        "--network sockets: each host of a lab has an address of its own");
  }

  private void port(int port) {
    String found;
    boolean free;
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port))) {
      free = socket.isBound();
      found = "free";
    } catch (IOException e) {
      free = false;
      found = e.getMessage();
    }
    table.row(
        free ? "ok" : "-", "UDP port " + port, found, "up --ports real; else --ports offset:10000");
  }

  private void program(String purpose, String... names) {
    Optional<Path> found = Stream.of(names).flatMap(name -> find(name).stream()).findFirst();
    optional(
        found.isPresent(),
        String.join(" or ", names),
        found.map(Path::toString).orElse(""),
        purpose);
  }

  private static Optional<Path> find(String program) {
    String path = System.getenv("PATH");
    String folders =
        (path == null ? "" : path)
            + File.pathSeparator
            + "/usr/sbin"
            + File.pathSeparator
            + "/sbin";
    return Stream.of(folders.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
