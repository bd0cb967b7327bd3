package vpnlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is wrong, where, and what to do: one line each, and the right exit code. */
class BadInputTest {
  @TempDir private Path folder;

  @Test
  void anUnknownKeyInAScenario() throws IOException {
    Path file = folder.resolve("scenario.yaml");
    Files.writeString(
        file,
        """
        name: %s
        title: { en: x }
        lab: always-on
        faluts: {}
        attempt: { client: laptop, profile: corp-ikev2 }
        expect:
          client: { code: 0, stage: connected }
          administrator: { code: 0, stage: connected }
        """
            .formatted(folder.getFileName()));
    said(2, "scenario.yaml:4:1", "unknown key 'faluts'", "did you mean 'faults'?")
        .by("run", file.toString());
  }

  @Test
  void anUnknownScenario() {
    said(2, "ikev2-wrong-pasword", "did you mean 'ikev2-wrong-password'?")
        .by("run", "ikev2-wrong-pasword");
  }

  @Test
  void anUnknownCommand() {
    said(2, "'tets'", "did you mean 'test'?").by("tets");
  }

  @Test
  void anUnknownOption() {
    said(2, "--sed", "--help").by("run", "all", "--sed", "7");
  }

  @Test
  void aFeatureThatDoesNotExist() {
    said(2, "no-such.feature", "give a *.feature file").by("test", "no-such.feature");
  }

  @Test
  void aTagExpressionThatIsNone() {
    said(2, "tag expression '@a and'").by("test", "--tags", "@a and", "--report", report());
  }

  @Test
  void tagsThatMatchNothing() {
    said(4, "nothing was executed").by("test", "--tags", "@no-such-tag", "--report", report());
  }

  @Test
  void anEngineThatDoesNotExist() {
    said(2, "'no-such-engine'", "check --engine-command")
        .by("run", "ikev2-wrong-password", "--engine-command", "no-such-engine");
  }

  @Test
  void aFileToValidateThatDoesNotExist() {
    said(2, "no-such-file.yaml").by("validate", "no-such-file.yaml");
  }

  @Test
  void aScenarioOfAnyNameIsValidatedAsOne() throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        name: mine
        title: { en: Mine }
        summary: Two ranges overlap.
        lab: always-on
        faults:
          pool: { rras: { pool: { range: "10.8.0.10-10.8.0.20, 10.8.0.15-10.8.0.30" } } }
        attempt: { client: laptop, profile: corp-ikev2 }
        expect:
          client: { code: 0, stage: connected }
          administrator: { code: 0, stage: connected }
        """);
    said(2, "mine.yaml:6:34: rras.pool.range", "both hold 10.8.0.15-10.8.0.20")
        .by("validate", file.toString());
  }

  @Test
  void anUnreadableAuthority() {
    said(2, "no-such.pem", "does not exist")
        .by(
            "diagnose",
            "--server",
            "127.0.0.1",
            "--ca",
            "no-such.pem",
            "--auth",
            "eap-mschapv2",
            "--user",
            "alice",
            "--password",
            "x");
  }

  @Test
  void anAuthorityThatIsNoCertificate() throws IOException {
    Path file = folder.resolve("ca.pem");
    Files.writeString(file, "hello");
    said(2, "ca.pem")
        .by(
            "diagnose",
            "--server",
            "127.0.0.1",
            "--ca",
            file.toString(),
            "--auth",
            "eap-mschapv2",
            "--user",
            "alice",
            "--password",
            "x");
  }

  @Test
  void aPortInUse() throws IOException {
    int offset = 20000 + (int) (ProcessHandle.current().pid() % 20000);
    try (DatagramSocket taken =
        new DatagramSocket(
            new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 500 + offset))) {
      said(3, Integer.toString(taken.getLocalPort()), "--ports offset:N")
          .by("up", "healthy-ikev2-eap-mschapv2", "--ports", "offset:" + offset);
    }
  }

  @Test
  void aCodeThatNobodyKnows() {
    said(2, "'13xyz'", "nearest").by("explain", "13xyz");
  }

  @Test
  void everyCommandHasHelp() {
    for (CommandLine command : Vpnlab.commandLine().getSubcommands().values()) {
      StringWriter out = new StringWriter();
      CommandLine line = Vpnlab.commandLine().setOut(new PrintWriter(out));
      assertThat(line.execute(command.getCommandName(), "--help")).isZero();
      assertThat(out.toString()).contains("Usage: vpnlab");
    }
  }

  private String report() {
    return folder.resolve("report").toString();
  }

  private static Said said(int exitCode, String... words) {
    return new Said(exitCode, words);
  }

  private record Said(int exitCode, String[] words) {
    void by(String... arguments) {
      StringWriter err = new StringWriter();
      CommandLine line =
          Vpnlab.commandLine()
              .setOut(new PrintWriter(new StringWriter()))
              .setErr(new PrintWriter(err, true));
      assertThat(line.execute(arguments)).as(err.toString()).isEqualTo(exitCode);
      assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
      assertThat(err.toString()).contains(words).doesNotContain("Exception");
    }
  }
}
