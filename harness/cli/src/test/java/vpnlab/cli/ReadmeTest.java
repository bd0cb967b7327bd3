package vpnlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vpnlab.runner.Home;

class ReadmeTest {
  private static final Path ROOT = Home.find().root();

  @Test
  void everythingOnTheMapOfTheTreeExists() throws IOException {
    List<String> map = map();
    assertThat(map).hasSizeGreaterThan(15);
    assertThat(map).allMatch(path -> Files.exists(ROOT.resolve(path)));
  }

  @Test
  void everyModuleIsOnTheMap() throws IOException {
    List<String> modules = new ArrayList<>();
    Matcher module =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    while (module.find()) {
      modules.add(module.group(1));
    }
    assertThat(modules).isNotEmpty();
    assertThat(map()).containsAll(modules);
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> links = new ArrayList<>();
    Matcher link = Pattern.compile("\\]\\(([^)#]+)\\)").matcher(readme());
    while (link.find()) {
      links.add(link.group(1));
    }
    assertThat(links).isNotEmpty();
    assertThat(links).allMatch(path -> Files.exists(ROOT.resolve(path)));
  }

  /** The paths of the map, put together from its indentation. */
  private static List<String> map() throws IOException {
    String text = readme();
    String map = text.substring(text.indexOf("```text\n") + 8);
    String parent = "";
    List<String> paths = new ArrayList<>();
    for (String line : map.substring(0, map.indexOf("```")).lines().toList()) {
      String name = line.strip().split("\\s", 2)[0].replaceAll("/$", "");
      if (line.startsWith("  ")) {
        paths.add(parent + "/" + name);
      } else {
        parent = name;
        paths.add(name);
      }
    }
    return paths;
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void everyScenarioHasAPageForPeople() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("scenarios"))) {
      List<Path> scenarios = files.filter(file -> file.endsWith("scenario.yaml")).toList();
      assertThat(scenarios).isNotEmpty();
      assertThat(scenarios).allMatch(file -> Files.exists(file.resolveSibling("README.md")));
    }
  }
}
