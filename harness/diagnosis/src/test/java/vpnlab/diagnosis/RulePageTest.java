package vpnlab.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vpnlab.diagnosis.engine.RuleCatalogue;
import vpnlab.diagnosis.rule.Rule;
import vpnlab.diagnosis.rule.RulePage;
import vpnlab.evidence.RasError;
import vpnlab.evidence.Stage;

class RulePageTest {
  private static final Path CONTRACT = Path.of("EVIDENCE.md");

  @Test
  void everyPageHasItsFourSectionsAndBelongsToARule() throws IOException, URISyntaxException {
    Set<String> ids = new TreeSet<>();
    for (Rule rule : RuleCatalogue.rules()) {
      ids.add(rule.id());
      RulePage page = RulePage.of(rule.id());
      assertThat(page.text()).startsWith("# ");
      for (String heading : List.of("What it means", "What it reads", "What to do", "Source")) {
        assertThat(page.section(heading)).as(rule.id() + " / " + heading).isNotBlank();
      }
      assertThat(page.remedy()).doesNotContain("\n").doesNotContain("## ");
    }
    Path folder = Path.of(RulePage.class.getResource("nps-down.md").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> pages =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".md"))
              .map(name -> name.replace(".md", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(pages).isEqualTo(ids);
    }
  }

  @Test
  void aRuleItsClassAndItsPageHaveOneName() {
    for (Rule rule : RuleCatalogue.rules()) {
      String name =
          Stream.of(rule.id().split("-"))
              .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
              .collect(Collectors.joining());
      assertThat(rule.getClass().getSimpleName()).isEqualTo(name);
      assertThat(rule.codes()).isNotEmpty().allMatch(code -> RasError.of(code).known());
    }
  }

  /** Every row of the contract's table of causes has a rule of that stage and code. */
  @Test
  void theContractAndTheCatalogueHaveTheSameCauses() throws IOException {
    Set<String> contract = new TreeSet<>();
    for (String line : Files.readAllLines(CONTRACT, StandardCharsets.UTF_8)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 6 && cells[1].strip().matches("[a-z0-9]+(-[a-z0-9]+)+")) {
        String id = cells[1].strip();
        contract.add(id);
        Rule rule = RuleCatalogue.rule(id).orElseThrow(() -> new AssertionError("no rule " + id));
        assertThat(rule.stage()).isEqualTo(Stage.ofId(cells[2].strip()));
        int code = Integer.parseInt(cells[3].strip().replaceAll("[^0-9].*", ""));
        assertThat(rule.codes().iterator().next()).as(id).isEqualTo(code);
      }
    }
    assertThat(contract)
        .isEqualTo(
            RuleCatalogue.rules().stream()
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void theSchemasShipWithTheEngine() {
    for (String schema : List.of("evidence.schema.json", "diagnosis.schema.json")) {
      try (var in = DiagnosticEngine.class.getResourceAsStream(schema)) {
        assertThat(in).isNotNull();
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .contains("https://json-schema.org/draft/2020-12/schema");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
