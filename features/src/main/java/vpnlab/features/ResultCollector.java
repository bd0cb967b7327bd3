package vpnlab.features;

import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EmbedEvent;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vpnlab.lab.spec.SpecException;

/** Listens to Cucumber and keeps what each scenario came to. */
final class ResultCollector implements ConcurrentEventListener {
  private final Consumer<FeatureResult> progress;
  private final Map<UUID, JsonNode> summaries = new ConcurrentHashMap<>();
  private final Map<String, FeatureResult> results = new ConcurrentHashMap<>();

  ResultCollector(Consumer<FeatureResult> progress) {
    this.progress = progress;
  }

  @Override
  public void setEventPublisher(EventPublisher publisher) {
    publisher.registerHandlerFor(EmbedEvent.class, this::embedded);
    publisher.registerHandlerFor(TestCaseFinished.class, this::finished);
  }

  private void embedded(EmbedEvent event) {
    if (Steps.SUMMARY.equals(event.getName())) {
      summaries.put(
          event.getTestCase().getId(),
          JsonMapper.shared().readTree(FeatureRunner.text(event.getData())));
    }
  }

  private void finished(TestCaseFinished event) {
    TestCase test = event.getTestCase();
    String place = place(test);
    JsonNode summary = summaries.remove(test.getId());
    List<FeatureResult.Attempt> attempts = new ArrayList<>();
    if (summary != null) {
      for (JsonNode each : summary.get("attempts")) {
        attempts.add(
            new FeatureResult.Attempt(
                each.get("title").stringValue(),
                each.get("code").intValue(),
                each.get("cause").stringValue(),
                each.get("client").stringValue(),
                Duration.ofMillis(each.get("labMillis").longValue())));
      }
    }
    FeatureResult result =
        new FeatureResult(
            summary == null ? test.getName() : summary.get("name").stringValue(),
            place,
            event.getResult().getStatus() == Status.PASSED,
            attempts,
            complaint(event),
            event.getResult().getError() instanceof SpecException wrongFile
                ? wrongFile.problems()
                : List.of());
    results.put(place, result);
    progress.accept(result);
  }

  private static String complaint(TestCaseFinished event) {
    Status status = event.getResult().getStatus();
    if (status == Status.PASSED) {
      return "";
    }
    Throwable error = event.getResult().getError();
    if (status == Status.UNDEFINED || error == null) {
      return status == Status.UNDEFINED
          ? "it has a step that nobody has defined; see the words in README.md"
          : "it was " + status.name().toLowerCase(java.util.Locale.ROOT);
    }
    return error instanceof AssertionError || error.getMessage() != null
        ? String.valueOf(error.getMessage())
        : error.toString();
  }

  private static String place(TestCase test) {
    String file = test.getUri().toString();
    if (test.getUri().getScheme() != null && test.getUri().getScheme().equals("file")) {
      Path path = Path.of(test.getUri()).toAbsolutePath();
      Path here = Path.of("").toAbsolutePath();
      file = path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }
    return file + ":" + test.getLocation().getLine();
  }

  /** In the order of files and lines. */
  List<FeatureResult> results() {
    return results.values().stream()
        .sorted(
            Comparator.comparing((FeatureResult result) -> file(result.place()))
                .thenComparingInt(result -> line(result.place())))
        .toList();
  }

  private static String file(String place) {
    return place.substring(0, place.lastIndexOf(':'));
  }

  private static int line(String place) {
    return Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
  }
}
