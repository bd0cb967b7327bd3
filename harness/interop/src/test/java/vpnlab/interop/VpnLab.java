package vpnlab.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our own command line, run as a program of its own from this test's class path. */
final class VpnLab {
  static final String MAIN_CLASS = "vpnlab.cli.Main";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private VpnLab() {}

  static boolean present() {
    return VpnLab.class.getClassLoader().getResource(MAIN_CLASS.replace('.', '/') + ".class")
        != null;
  }

  /** Starts a verb that runs until it is told to end. */
  static ChildProcess start(Path directory, String... arguments) {
    return ChildProcess.start(directory, "vpnlab", Map.of(), command(arguments));
  }

  /** Runs a verb to its end. */
  static ChildProcess.Ended run(Path parent, Duration limit, List<String> arguments) {
    return ChildProcess.run(
        ChildProcess.folder(parent, "vpnlab"),
        "vpnlab",
        Map.of(),
        limit,
        command(arguments.toArray(String[]::new)));
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  private static List<String> command(String... arguments) {
    // A shell that runs the tests in the background makes its children deaf to SIGINT.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // No cheaper compiling for these short lives: minting RSA keys needs the better compiler.
    command.add("-XX:+UseSerialGC");
    String home = System.getProperty("vpnlab.home");
    if (home != null) {
      command.add("-Dvpnlab.home=" + home);
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN_CLASS);
    command.addAll(List.of(arguments));
    return command;
  }
}
