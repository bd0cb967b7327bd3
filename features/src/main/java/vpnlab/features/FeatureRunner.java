package vpnlab.features;

import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.options.CommandlineOptionsParser;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs feature files from a program, which is what the command line does. */
public final class FeatureRunner {
  private static final Pattern WITH_LINES = Pattern.compile("(.*\\.feature)((?::\\d+)+)");

  /** The tag of scenarios that take a minute or more on real sockets. */
  private static final String SLOW = "@slow";

  private FeatureRunner() {}

  /**
   * What to run and how.
   *
   * @param paths feature files (a line may follow: {@code dns.feature:12}) and folders
   * @param tags a tag expression; empty for all
   * @param report the folder for {@code features.html} and {@code junit.xml}
   * @param network {@code virtual} or {@code sockets}
   * @param engine a command; empty for vpnlab's own engine
   */
  public record Request(
      List<String> paths, String tags, Path report, String network, String engine, int threads) {
    public Request {
      paths = List.copyOf(paths);
    }
  }

  /**
   * Runs the features; {@code progress} is told of each result as it comes.
   *
   * @throws IllegalArgumentException with one line for the user, when a path does not exist, a file
   *     is not Gherkin, or the tag expression is none
   */
  public static List<FeatureResult> run(Request request, Consumer<FeatureResult> progress) {
    List<String> features = new ArrayList<>();
    request.paths().forEach(path -> features.addAll(featureFiles(path)));
    if (features.isEmpty()) {
      return List.of();
    }
    System.setProperty(FeatureSettings.NETWORK, request.network());
    System.setProperty(FeatureSettings.ENGINE, request.engine());
    ResultCollector collector = new ResultCollector(progress);
    Runtime runtime =
        Runtime.builder()
            .withRuntimeOptions(
                options(request, features).setPickleOrder(FeatureRunner::slowFirst).build())
            .withAdditionalPlugins(collector)
            .build();
    try {
      runtime.run();
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
    return collector.results();
  }

  private static RuntimeOptionsBuilder options(Request request, List<String> features) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--glue", "vpnlab.features"));
    arguments.addAll(List.of("--threads", Integer.toString(Math.max(1, request.threads()))));
    try {
      Files.createDirectories(request.report());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the report folder " + request.report() + " cannot be made: " + e.getMessage(), e);
    }
    arguments.addAll(List.of("--plugin", "html:" + request.report().resolve("features.html")));
    arguments.addAll(List.of("--plugin", "junit:" + request.report().resolve("junit.xml")));
    if (!request.tags().isBlank()) {
      arguments.addAll(List.of("--tags", request.tags()));
    }
    arguments.addAll(features);
    CommandlineOptionsParser parser = new CommandlineOptionsParser(new ByteArrayOutputStream());
    try {
      return parser.parse(arguments.toArray(String[]::new));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the tag expression '" + request.tags() + "' is wrong: " + firstLine(e), e);
    }
  }

  /** What waits for minutes of real time waits while the others are played, not after them. */
  static List<Pickle> slowFirst(List<Pickle> scenarios) {
    return scenarios.stream()
        .sorted(Comparator.comparing(scenario -> !scenario.getTags().contains(SLOW)))
        .toList();
  }

  private static IllegalArgumentException unreadable(RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return new IllegalArgumentException(firstLine(e), cause);
  }

  private static String firstLine(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.lines().limit(3).map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
  }

  private static List<String> featureFiles(String path) {
    Matcher withLines = WITH_LINES.matcher(path);
    String file = withLines.matches() ? withLines.group(1) : path;
    String lines = withLines.matches() ? withLines.group(2) : "";
    Path found = Path.of(file);
    if (Files.isRegularFile(found)) {
      return List.of(found + lines);
    }
    if (!Files.isDirectory(found)) {
      throw new IllegalArgumentException(
          "there is no feature file or folder " + path + "; give a *.feature file or a folder");
    }
    try (Stream<Path> files = Files.walk(found)) {
      return files
          .filter(each -> each.toString().endsWith(".feature"))
          .filter(each -> !found.relativize(each).startsWith("target"))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of an attachment as text. */
  static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }
}
