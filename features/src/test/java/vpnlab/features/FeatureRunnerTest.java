package vpnlab.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureRunnerTest {
  @Test
  void slowScenariosBeginFirstAndAreReportedInTheirPlace(@TempDir Path folder) throws IOException {
    Path feature = folder.resolve("two.feature");
    Files.writeString(
        feature,
        """
        Feature: Two
          Scenario: quick
            Given the lab "always-on"

          @slow
          Scenario: slow
            Given the lab "always-on"
        """);
    List<String> played = new ArrayList<>();
    List<FeatureResult> results =
        FeatureRunner.run(
            new FeatureRunner.Request(
                List.of(feature.toString()), "", folder.resolve("report"), "virtual", "", 1),
            result -> played.add(result.name()));
    assertThat(played).containsExactly("slow", "quick");
    assertThat(results).extracting(FeatureResult::name).containsExactly("quick", "slow");
  }
}
