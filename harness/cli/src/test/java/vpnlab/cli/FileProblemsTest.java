package vpnlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import vpnlab.runner.Home;

/** Five scenarios on a lab of somebody's own, one on the lab that comes with vpnlab. */
class FileProblemsTest {
  private static final int ON_MY_LAB = 5;

  @TempDir private Path folder;
  private Path lab;

  private record Said(int exitCode, String out, List<String> err) {
    static Said by(String... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      CommandLine line =
          Vpnlab.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
      int exitCode = line.execute(arguments);
      return new Said(exitCode, out.toString(), err.toString().lines().toList());
    }
  }

  @BeforeEach
  void writeScenarios() throws IOException {
    lab = folder.resolve("labs/mine.yaml");
    Files.createDirectories(lab.getParent());
    Files.copy(Home.find().labs().resolve("always-on.yaml"), lab);
    for (int i = 1; i <= ON_MY_LAB; i++) {
      scenario("on-mine-" + i, "../labs/mine.yaml", "");
    }
    scenario("on-always-on", "always-on", "");
  }

  private Path scenario(String name, String onLab, String faults) throws IOException {
    Path file = folder.resolve(name).resolve("scenario.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        name: %s
        title: { en: x }
        lab: %s
        attempt: { client: laptop, profile: corp-ikev2 }
        expect:
          client: { code: 0, stage: connected }
          administrator: { code: 0, stage: connected }
        %s"""
            .formatted(name, onLab, faults));
    return file;
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          groups: [VPN Users]  | groups: [VPN Usrs]                             | names the group 'VPN Usrs', which does not exist; did you mean 'VPN Users'?
          range: 10.8.0.0/24   | range: '10.8.0.1-10.8.0.90,10.8.0.80-10.8.0.99' | its ranges 10.8.0.1-10.8.0.90 and 10.8.0.80-10.8.0.99 overlap, both hold 10.8.0.80-10.8.0.90
          range: 10.8.0.0/24   | range: 10.8.0.9-10.8.0.1                       | the range ends before it begins
          sourceNat: internet  | surceNat: internet                             | unknown key 'surceNat'; did you mean 'sourceNat'?
          address: 10.0.0.3,   | address: 10.0.0.333,                           | "10.0.0.333" is not an IPv4 address
          host: rras           | host: ras                                      | refers to the host 'ras', which does not exist; did you mean 'rras'?
          pages: { /           | pages: [ { /                                   | is not YAML: while parsing a flow sequence
          timeServer: time     | timeServer: *time                              | has an alias; write the value out
          """)
  void aMistakeInALabIsToldOnceWithItsLineAndTheOtherScenariosRun(
      String right, String wrong, String message) throws IOException {
    String healthy = Files.readString(lab);
    assertThat(healthy).contains(right);
    int line = (int) healthy.substring(0, healthy.indexOf(right)).lines().count();
    Files.writeString(lab, healthy.replaceFirst(Pattern.quote(right), wrong));
    Said said = Said.by("run", folder.toString());
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err().stream().filter(each -> each.contains(message)))
        .as(said.err().toString())
        .hasSize(1)
        .first()
        .asString()
        .containsPattern("mine.yaml:" + "(" + line + "|" + (line + 1) + "):\\d+: ");
    assertThat(said.err()).anyMatch(each -> each.endsWith("mine.yaml stops 5 scenarios"));
    assertThat(said.err().get(said.err().size() - 1)).contains("5 scenarios were not run");
    assertThat(said.out()).contains("1 scenarios: 1 as expected");
  }

  @Test
  void validateTellsItOnceToo() throws IOException {
    Files.writeString(lab, Files.readString(lab).replace("[VPN Users]", "[VPN Usrs]"));
    Said said = Said.by("validate", folder.toString());
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err().stream().filter(line -> line.contains("mine.yaml:"))).hasSize(3);
    assertThat(said.err()).anyMatch(line -> line.endsWith("mine.yaml stops 5 scenarios"));
  }

  @Test
  void aWrongPatchIsTheMistakeOfItsScenarioAlone() throws IOException {
    Path wrong =
        scenario(
            "wrong-patch", "../labs/mine.yaml", "faults: { x: { rras: { pool: { rnage: x } } } }");
    Said said = Said.by("run", folder.toString());
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err().get(0))
        .contains(wrong + ":8:", "unknown key 'rnage'", "did you mean 'range'?");
    assertThat(said.err()).noneMatch(line -> line.contains("stops"));
    assertThat(said.out()).contains("6 scenarios: 6 as expected");
  }

  @Test
  void aPatchThatContradictsTheRestOfTheLabIsNotTheLabsMistake() throws IOException {
    Path wrong =
        scenario(
            "wrong-patch",
            "../labs/mine.yaml",
            "faults: { x: { network: { hosts: { dhcp: null } } } }");
    Said said = Said.by("list", folder.toString());
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).hasSize(1);
    assertThat(said.err().get(0))
        .contains(wrong + ":8:", "contradicts", "mine.yaml:", "refers to the host 'dhcp'");
  }

  @Test
  void aNullThatRemovesNothingIsAMistake() throws IOException {
    Path wrong =
        scenario(
            "wrong-null",
            "../labs/mine.yaml",
            "faults: { x: { rras: { pool: { rnage: null } } } }");
    Said said = Said.by("run", folder.toString());
    assertThat(said.err().get(0))
        .contains(wrong + ":8:", "rras.pool.rnage is to be removed", "did you mean 'range'?");
  }

  @Test
  void theSameMistakeInManyFilesIsToldOnce() throws IOException {
    Files.delete(lab);
    Said said = Said.by("run", folder.toString());
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err().get(0)).contains("does not exist").endsWith("the same in 4 more places)");
    assertThat(said.out()).contains("1 scenarios: 1 as expected");
  }

  @Test
  void aFeatureOnAWrongLabIsAMistakeInAFileAndNoMissedExpectation() throws IOException {
    Files.writeString(lab, Files.readString(lab).replace("[VPN Users]", "[VPN Usrs]"));
    Path feature = folder.resolve("mine.feature");
    StringBuilder text = new StringBuilder("Feature: Mine\n");
    for (int i = 0; i < 3; i++) {
      text.append("  Scenario: number ").append(i).append("\n    Given the lab \"").append(lab);
      text.append("\"\n    When \"laptop\" dials \"corp-ikev2\"\n");
    }
    Files.writeString(feature, text);
    String report = folder.resolve("report").toString();
    Said said = Said.by("test", feature.toString(), "--report", report);
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err().stream().filter(line -> line.contains("did you mean 'VPN Users'?")))
        .as(said.err().toString())
        .hasSize(3);
    assertThat(said.err()).anyMatch(line -> line.endsWith("mine.yaml stops 3 scenarios"));
    assertThat(said.out()).contains("3 scenarios: 0 passed, 3 failed");
  }
}
