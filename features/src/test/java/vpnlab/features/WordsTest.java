package vpnlab.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vpnlab.runner.Home;

class WordsTest {
  @Test
  void everyStepIsOnThePageForPeople() throws IOException {
    List<String> steps = new ArrayList<>();
    for (Method method : Steps.class.getMethods()) {
      if (method.isAnnotationPresent(Given.class)) {
        steps.add("`Given " + method.getAnnotation(Given.class).value() + "`");
      }
      if (method.isAnnotationPresent(When.class)) {
        steps.add("`When " + method.getAnnotation(When.class).value() + "`");
      }
      if (method.isAnnotationPresent(Then.class)) {
        steps.add("`Then " + method.getAnnotation(Then.class).value() + "`");
      }
    }
    String page = Files.readString(Home.find().features().resolve("README.md"));
    assertThat(steps).hasSizeGreaterThan(20).allMatch(page::contains);
  }

  @Test
  void everyStepHasItsWordsInJapanese() {
    assertThat(signatures(JapaneseSteps.class))
        .containsExactlyInAnyOrderElementsOf(signatures(Steps.class));
  }

  /** Names and how many arguments: their order is the language's. */
  private static List<String> signatures(Class<?> steps) {
    return Stream.of(steps.getMethods())
        .filter(
            method ->
                method.isAnnotationPresent(Given.class)
                    || method.isAnnotationPresent(When.class)
                    || method.isAnnotationPresent(Then.class))
        .map(method -> method.getName() + " of " + method.getParameterCount())
        .toList();
  }
}
