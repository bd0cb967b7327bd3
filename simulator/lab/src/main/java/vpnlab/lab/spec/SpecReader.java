package vpnlab.lab.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads one map of a document strictly: every key must be asked for before {@link #finish}, all
 * problems are collected, and reading goes on behind each so that one run shows them all.
 */
public final class SpecReader {
  private final SpecNode.Mapping map;
  private final String path;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  private SpecReader(SpecNode.Mapping map, String path, List<Problem> problems) {
    this.map = map;
    this.path = path;
    this.problems = problems;
  }

  /** Reads a document with {@code binder}; throws {@link SpecException} with all problems. */
  public static <T> T bind(SpecNode.Mapping document, Function<SpecReader, T> binder) {
    List<Problem> problems = new ArrayList<>();
    SpecReader reader = new SpecReader(document, "", problems);
    T result = null;
    try {
      result = binder.apply(reader);
      reader.finish();
    } catch (RuntimeException e) {
      // A value that a problem has replaced by a placeholder may offend a later check.
      if (problems.isEmpty()) {
        throw e;
      }
    }
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
    return result;
  }

  public Location location() {
    return map.location();
  }

  public Location location(String key) {
    SpecNode value = map.entries().get(key);
    return value == null ? map.location() : value.location();
  }

  /** Where this map stands in the document, e.g. {@code hosts.laptop}. */
  public String path() {
    return path;
  }

  /** The keys of this map, in the order of the file. */
  public Set<String> names() {
    return map.entries().keySet();
  }

  public boolean has(String key) {
    known.add(key);
    return map.entries().containsKey(key);
  }

  /** The value as it was written, for documents within documents. */
  public Optional<SpecNode> node(String key) {
    known.add(key);
    return Optional.ofNullable(map.entries().get(key));
  }

  public Optional<String> text(String key) {
    known.add(key);
    SpecNode value = map.entries().get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof SpecNode.Scalar scalar && !scalar.isNull()) {
      return Optional.of(scalar.text());
    }
    problem(key, "must be a text, but is " + value.kind(), "");
    return Optional.empty();
  }

  public String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  /** A text that must be there; the empty text when it is not (the problem is noted). */
  public String requiredText(String key) {
    if (!has(key)) {
      problems.add(new Problem(map.location(), where() + "lacks '" + key + "'", ""));
      return "";
    }
    return text(key).orElse("");
  }

  /** A text that {@code parse} turns into a value; its IllegalArgumentException is a problem. */
  public <T> Optional<T> parsed(String key, Function<String, T> parse) {
    return text(key).flatMap(text -> parse(key, text, parse));
  }

  private <T> Optional<T> parse(String key, String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      problem(key, "'" + text + "' " + e.getMessage(), "");
      return Optional.empty();
    }
  }

  /** A text that {@code check} accepts; what its IllegalArgumentException says is the problem. */
  public String checkedText(String key, String otherwise, Consumer<String> check) {
    return parsed(
            key,
            text -> {
              check(text, check);
              return text;
            })
        .orElse(otherwise);
  }

  /** Texts that {@code check} accepts one by one. */
  public List<String> checkedTexts(String key, Consumer<String> check) {
    List<String> texts = texts(key);
    for (String text : texts) {
      try {
        check(text, check);
      } catch (IllegalArgumentException e) {
        problem(key, "has '" + text + "', which " + e.getMessage(), "");
      }
    }
    return texts;
  }

  /** Checks come from many places, whose messages are whole sentences that repeat the text. */
  private static void check(String text, Consumer<String> check) {
    try {
      check.accept(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not usable here (" + e.getMessage() + ")", e);
    }
  }

  public int integer(String key, int otherwise, int min, int max) {
    return parsed(
            key,
            text -> {
              try {
                int value = Integer.parseInt(text);
                if (value >= min && value <= max) {
                  return value;
                }
              } catch (NumberFormatException e) {
                // falls through to the same complaint
              }
              throw new IllegalArgumentException(
                  "is not a whole number from " + min + " to " + max);
            })
        .orElse(otherwise);
  }

  /** A share, written as {@code 0.1} or {@code 10%}. */
  public double share(String key, double otherwise) {
    return parsed(
            key,
            text -> {
              try {
                double value =
                    text.endsWith("%")
                        ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                        : Double.parseDouble(text);
                if (value >= 0 && value <= 1) {
                  return value;
                }
              } catch (NumberFormatException e) {
                // falls through to the same complaint
              }
              throw new IllegalArgumentException("is not a share such as 0.1 or 10%");
            })
        .orElse(otherwise);
  }

  public boolean bool(String key, boolean otherwise) {
    return oneOf(key, otherwise ? "true" : "false", List.of("true", "false")).equals("true");
  }

  /** Such as {@code 20ms}, {@code 5s}, {@code 2m}, {@code 3h}, {@code 10d}. */
  public Duration duration(String key, Duration otherwise) {
    return parsed(key, Durations::parse).orElse(otherwise);
  }

  /** The same, and no less than {@code least}. */
  public Duration duration(String key, Duration otherwise, Duration least) {
    Duration value = duration(key, otherwise);
    if (value.compareTo(least) >= 0) {
      return value;
    }
    String shortest =
        least.toMillis() % 1000 == 0 ? least.toSeconds() + " s" : least.toMillis() + " ms";
    problem(key, least.isZero() ? "is negative" : "is shorter than " + shortest, "");
    return otherwise;
  }

  /** What RADIUS carries as a number of seconds; zero is none. */
  public Duration seconds(String key) {
    Duration value = duration(key, Duration.ZERO, Duration.ZERO);
    if (value.toMillisPart() == 0) {
      return value;
    }
    problem(key, "has a part of a second", "RADIUS counts whole ones");
    return Duration.ZERO;
  }

  public String oneOf(String key, String otherwise, List<String> allowed) {
    String value = text(key).orElse(otherwise);
    if (!allowed.contains(value)) {
      problem(key, "cannot be '" + value + "'", Nearest.suggestion(value, allowed));
      return otherwise;
    }
    return value;
  }

  /** An enum constant written in lower case with hyphens. */
  public <E extends Enum<E>> E constant(String key, E otherwise) {
    List<String> names = new ArrayList<>();
    for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    String written = otherwise.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return otherwise.getDeclaringClass()
        .getEnumConstants()[names.indexOf(oneOf(key, written, names))];
  }

  /** A list of texts; a single text is a list of one. */
  public List<String> texts(String key) {
    known.add(key);
    SpecNode value = map.entries().get(key);
    if (value == null) {
      return List.of();
    }
    List<String> result = new ArrayList<>();
    List<SpecNode> items =
        value instanceof SpecNode.Sequence sequence ? sequence.items() : List.of(value);
    for (SpecNode item : items) {
      if (item instanceof SpecNode.Scalar scalar && !scalar.isNull()) {
        result.add(scalar.text());
      } else {
        problems.add(
            new Problem(
                item.location(), where() + key + " must hold texts, but has " + item.kind(), ""));
      }
    }
    return result;
  }

  /** A map within this one; an absent one reads as empty. */
  public <T> T map(String key, Function<SpecReader, T> binder) {
    known.add(key);
    SpecNode value = map.entries().get(key);
    SpecNode.Mapping inner = SpecNode.Mapping.empty(map.location());
    if (value instanceof SpecNode.Mapping mapping) {
      inner = mapping;
    } else if (value != null) {
      problem(key, "must be a map, but is " + value.kind(), "");
    }
    SpecReader reader = new SpecReader(inner, inner(key), problems);
    T result = binder.apply(reader);
    reader.finish();
    return result;
  }

  /** A map of maps, keyed by name, in the order of the file. */
  public <T> Map<String, T> maps(String key, Function<SpecReader, T> binder) {
    return map(
        key,
        outer -> {
          Map<String, T> result = new LinkedHashMap<>();
          for (String name : outer.map.entries().keySet()) {
            result.put(name, outer.map(name, binder));
          }
          return result;
        });
  }

  /** A map of texts, keyed by name, in the order of the file. */
  public Map<String, String> textMap(String key) {
    return map(
        key,
        outer -> {
          Map<String, String> result = new LinkedHashMap<>();
          for (String name : outer.map.entries().keySet()) {
            outer.text(name).ifPresent(text -> result.put(name, text));
          }
          return result;
        });
  }

  /** A list of maps. */
  public <T> List<T> list(String key, Function<SpecReader, T> binder) {
    known.add(key);
    List<T> result = new ArrayList<>();
    SpecNode value = map.entries().get(key);
    if (value == null) {
      return result;
    }
    if (!(value instanceof SpecNode.Sequence sequence)) {
      problem(key, "must be a list, but is " + value.kind(), "");
      return result;
    }
    for (int i = 0; i < sequence.items().size(); i++) {
      SpecNode item = sequence.items().get(i);
      if (item instanceof SpecNode.Mapping mapping) {
        SpecReader reader = new SpecReader(mapping, inner(key + "[" + i + "]"), problems);
        result.add(binder.apply(reader));
        reader.finish();
      } else {
        problems.add(
            new Problem(
                item.location(), where() + key + " must hold maps, but has " + item.kind(), ""));
      }
    }
    return result;
  }

  /** Notes a problem with the value of {@code key}. */
  public void problem(String key, String message, String suggestion) {
    problems.add(new Problem(location(key), inner(key) + " " + message, suggestion));
  }

  /** Notes a problem with a value further inside; its place is as far as the keys lead. */
  void problem(List<String> keys, String message, String suggestion) {
    SpecNode at = map;
    for (String key : keys) {
      SpecNode next = at instanceof SpecNode.Mapping inner ? inner.entries().get(key) : null;
      if (next == null) {
        break;
      }
      at = next;
    }
    problems.add(
        new Problem(at.location(), inner(String.join(".", keys)) + " " + message, suggestion));
  }

  /** Notes problems that were found elsewhere, each once. */
  public void note(List<Problem> found) {
    found.stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
  }

  /** Whether no problem has been found so far. */
  boolean clean() {
    return problems.isEmpty();
  }

  /** Notes every key that nobody asked for. */
  private void finish() {
    for (String key : map.entries().keySet()) {
      if (!known.contains(key)) {
        problems.add(
            new Problem(
                map.keyLocation(key),
                where() + "has the unknown key '" + key + "'",
                Nearest.suggestion(key, known)));
      }
    }
  }

  private String inner(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String where() {
    return path.isEmpty() ? "the document " : path + " ";
  }
}
