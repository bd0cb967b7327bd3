package vpnlab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.lab.NetworkKind;
import vpnlab.runner.engine.Engines;

/** On real sockets a lab runs at the time of the machine, so no scenario may depend on the day. */
class AnyDayTest {
  private static final Home HOME = Home.find();

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-21T20:30:00Z", "2026-12-31T23:59:58Z", "2028-02-29T18:30:00Z"})
  void whatFailsForReasonsOfAnAccountOrAPolicyFailsOnAnyDay(String clock, @TempDir Path labs)
      throws IOException {
    String lab = Files.readString(HOME.labs().resolve("always-on.yaml"));
    String then = lab.replaceFirst("(?m)^clock: \\S+", "clock: " + clock);
    assertThat(then).isNotEqualTo(lab);
    Files.writeString(labs.resolve("always-on.yaml"), then);
    List<Scenario> scenarios =
        ScenarioCatalogue.in(HOME.scenarios(), labs).all().stream()
            .filter(s -> List.of("authentication", "authorization", "directory").contains(s.area()))
            .toList();
    assertThat(scenarios).hasSizeGreaterThan(30);
    RunSettings settings =
        new RunSettings(NetworkKind.VIRTUAL, OptionalLong.empty(), Engines.standard());
    assertThat(ScenarioRunner.runAll(scenarios, settings, 4, result -> {}))
        .filteredOn(result -> !result.asExpected())
        .extracting(result -> result.scenario().name())
        .isEmpty();
  }
}
