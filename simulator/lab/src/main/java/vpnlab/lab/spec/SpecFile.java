package vpnlab.lab.spec;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads YAML (and so JSON) into {@link SpecNode}s. */
public final class SpecFile {
  private static final YAMLFactory YAML = YAMLFactory.builder().build();

  /** How the parser names a place within its message. */
  private static final Pattern PLACE = Pattern.compile(" in reader, line (\\d+)");

  private SpecFile() {}

  /**
   * Reads a file whose document is a map.
   *
   * @throws SpecException when the file is missing, is not YAML, or is no map
   */
  public static SpecNode.Mapping read(Path file) {
    String name = file.toString();
    try {
      return parse(name, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw problem(new Location(name, 1, 1), "no such file", nearestFile(file));
    } catch (MalformedInputException e) {
      throw problem(new Location(name, 1, 1), "is not text in UTF-8", "");
    } catch (IOException e) {
      throw problem(new Location(name, 1, 1), "cannot be read: " + e.getMessage(), "");
    }
  }

  /** Parses text whose document is a map; {@code name} is what errors call it. */
  public static SpecNode.Mapping parse(String name, String text) {
    try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw problem(new Location(name, 1, 1), "is empty", "");
      }
      SpecNode node = new Building(name, parser).value();
      if (node instanceof SpecNode.Mapping mapping) {
        if (parser.nextToken() != null) {
          throw problem(
              at(name, parser.currentTokenLocation()), "a second document begins here", "");
        }
        return mapping;
      }
      throw problem(node.location(), "must be a map, but is " + node.kind(), "");
    } catch (JacksonException e) {
      throw problem(at(name, e.getLocation()), "is not YAML: " + inOneLine(e), "");
    }
  }

  /** What the parser says over several lines, without the excerpts of the file in between. */
  private static String inOneLine(JacksonException e) {
    StringBuilder all = new StringBuilder();
    for (String line : e.getOriginalMessage().split("\\R", -1)) {
      Matcher place = PLACE.matcher(line);
      if (place.lookingAt()) {
        all.append(" (line ").append(place.group(1)).append(')');
      } else if (!line.isBlank() && !line.startsWith(" ")) {
        all.append(all.isEmpty() ? "" : ", ").append(line.replaceFirst(", but got :$", ""));
      }
    }
    return all.toString();
  }

  private static String nearestFile(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (var files = Files.list(folder)) {
      return Nearest.suggestion(
          file.getFileName().toString(), files.map(f -> f.getFileName().toString()).toList());
    } catch (IOException e) {
      return "";
    }
  }

  private static SpecException problem(Location location, String message, String suggestion) {
    return new SpecException(List.of(new Problem(location, message, suggestion)));
  }

  private static Location at(String name, TokenStreamLocation location) {
    return location == null
        ? new Location(name, 1, 1)
        : new Location(
            name, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private record Building(String name, JsonParser parser) {
    SpecNode value() {
      Location location = at(name, parser.currentTokenLocation());
      if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
        throw problem(location, "has an alias", "write the value out");
      }
      return switch (parser.currentToken()) {
        case START_OBJECT -> mapping(location);
        case START_ARRAY -> {
          List<SpecNode> items = new ArrayList<>();
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
          }
          yield new SpecNode.Sequence(location, items);
        }
        case VALUE_NULL -> new SpecNode.Scalar(location, "", true);
        default -> new SpecNode.Scalar(location, parser.getString(), false);
      };
    }

    private SpecNode mapping(Location location) {
      Map<String, SpecNode> entries = new LinkedHashMap<>();
      Map<String, Location> keys = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        Location keyLocation = at(name, parser.currentTokenLocation());
        String key = parser.currentName();
        parser.nextToken();
        if (entries.put(key, value()) != null) {
          throw problem(keyLocation, "'" + key + "' is written twice in this map", "");
        }
        keys.put(key, keyLocation);
      }
      return new SpecNode.Mapping(location, entries, keys);
    }
  }
}
