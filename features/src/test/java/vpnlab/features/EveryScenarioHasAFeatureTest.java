package vpnlab.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vpnlab.runner.Home;
import vpnlab.runner.ScenarioCatalogue;

class EveryScenarioHasAFeatureTest {
  @Test
  void everyScenarioOfTheCatalogueIsPlayedBySomeFeature() throws IOException {
    String features;
    try (var files = Files.list(Home.find().features())) {
      features =
          files
              .filter(file -> file.toString().endsWith(".feature"))
              .map(EveryScenarioHasAFeatureTest::read)
              .collect(Collectors.joining("\n"));
    }
    Collection<String> names = ScenarioCatalogue.of(Home.find()).names();
    assertThat(names).isNotEmpty();
    assertThat(names)
        .filteredOn(name -> !features.contains("| " + name + " "))
        .filteredOn(name -> !features.contains("the scenario \"" + name + "\" is played"))
        .isEmpty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
