package vpnlab.protocol.radius;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that nobody here wrote, to hold our own ends against. */
final class RealPeer {
  private RealPeer() {}

  /**
   * The program's file. Without it the test is skipped, and fails where it must not be missing: on
   * the CI machine (environment variable CI=true).
   */
  static Path require(String program) {
    String searched = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    return Stream.of(searched.split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(program));
  }

  private static Path missing(String program) {
    String reason = program + " is not installed";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(reason + ", and CI=true demands it");
    }
    return abort(reason);
  }

  /** Runs a program to its end; returns all that it printed. */
  static String run(List<String> command, Path folder, int seconds) {
    Path log = folder.resolve("output.log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " still runs\n" + Files.readString(log));
      }
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
