package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The openssl program as a second opinion; missing, it skips the test, and fails it in CI. */
record OpenSsl(int exitCode, String output) {
  static OpenSsl run(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(Arrays.asList(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new OpenSsl(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  static void require(Path directory) {
    try {
      assertThat(run(directory, "version").exitCode()).isZero();
    } catch (IOException e) {
      if ("true".equals(System.getenv("CI"))) {
        fail("openssl is missing, and CI must have it", e);
      }
      Assumptions.abort("openssl is not installed: " + e.getMessage());
    }
  }
}
