package vpnlab.files;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import vpnlab.wire.Octets;

/**
 * A record of evidence as paths and values, and back: {@code routes/1} is the second element of the
 * component {@code routes}, {@code services/IAS} an entry of a map. By the components of the record
 * itself, so that what evidence learns to hold is carried without more words here.
 */
final class RecordLines {
  private static final String RECORD = "{}";

  /** So that an entry of a map does not vanish with the last of its values. */
  private static final String EMPTY_LIST = "[]";

  private RecordLines() {}

  /** Hands over every path with its value; empty maps and optionals have none. */
  static void write(Record something, BiConsumer<String, String> sink) {
    components(something, "", sink);
  }

  private static void components(Record something, String prefix, BiConsumer<String, String> sink) {
    for (RecordComponent component : something.getClass().getRecordComponents()) {
      Object value;
      try {
        value = component.getAccessor().invoke(something);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a component of public evidence", e);
      }
      write(value, prefix + component.getName(), sink);
    }
  }

  private static void write(Object value, String path, BiConsumer<String, String> sink) {
    if (value instanceof Record nested) {
      sink.accept(path, RECORD);
      components(nested, path + "/", sink);
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> write(present, path, sink));
    } else if (value instanceof Iterable<?> elements) {
      int index = 0;
      for (Object element : elements) {
        write(element, path + "/" + index++, sink);
      }
      if (index == 0) {
        sink.accept(path, EMPTY_LIST);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> write(each, path + "/" + escape(key.toString()), sink));
    } else if (value instanceof Enum<?> constant) {
      sink.accept(path, constant.name().toLowerCase(Locale.ROOT));
    } else if (value instanceof Octets octets) {
      sink.accept(path, octets.toHex());
    } else {
      sink.accept(path, String.valueOf(value));
    }
  }

  private static String escape(String key) {
    return key.replace("%", "%25").replace("/", "%2F");
  }

  private static String unescape(String key) {
    return key.replace("%2F", "/").replace("%25", "%");
  }

  /** What was read of a record: a tree of paths. */
  static final class Node {
    private String value = "";
    private final Map<String, Node> children = new LinkedHashMap<>();

    void put(String path, String text) {
      Node node = this;
      for (String step : path.split("/", -1)) {
        node = node.children.computeIfAbsent(unescape(step), name -> new Node());
      }
      node.value = text;
    }

    String text(String path) {
      Node node = children.get(path);
      return node == null ? "" : node.value;
    }
  }

  /**
   * The record of that type. What has no path is empty, zero or false.
   *
   * @throws IllegalArgumentException when a value is not what its component needs
   */
  static <T extends Record> T read(Class<T> type, Node node) {
    return type.cast(record(type, node));
  }

  private static Object record(Class<?> type, Node node) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = read(components[i].getGenericType(), node.children.get(components[i].getName()));
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(type.getSimpleName() + " cannot be so", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record of public evidence", e);
    }
  }

  /** {@code node} is null for what has no path. */
  private static Object read(Type type, Node node) {
    if (type instanceof ParameterizedType generic) {
      return container(generic, node);
    }
    Class<?> simple = (Class<?>) type;
    if (simple.isRecord()) {
      return record(simple, node == null ? new Node() : node);
    }
    return value(simple, node == null ? "" : node.value);
  }

  private static Object container(ParameterizedType type, Node node) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Optional.class) {
      return node == null ? Optional.empty() : Optional.of(read(arguments[0], node));
    }
    Map<String, Node> children = node == null ? Map.of() : node.children;
    if (raw == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      children.forEach(
          (key, each) -> map.put(value((Class<?>) arguments[0], key), read(arguments[1], each)));
      return map;
    }
    if (raw == List.class) {
      List<Object> list = new ArrayList<>();
      children.entrySet().stream()
          .sorted(Comparator.comparingInt(each -> Integer.parseInt(each.getKey())))
          .forEach(each -> list.add(read(arguments[0], each.getValue())));
      return list;
    }
    throw new IllegalStateException("evidence has a " + type + " without a form in lines");
  }

  private static Object value(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    } else if (type == boolean.class || type == Boolean.class) {
      return Boolean.parseBoolean(text);
    } else if (type == int.class || type == Integer.class) {
      return text.isEmpty() ? 0 : Integer.parseInt(text);
    } else if (type == long.class || type == Long.class) {
      return text.isEmpty() ? 0L : Long.parseLong(text);
    } else if (type == Instant.class) {
      return text.isEmpty() ? Instant.EPOCH : instant(text);
    } else if (type == Duration.class) {
      return text.isEmpty() ? Duration.ZERO : Duration.parse(text);
    } else if (type == Octets.class) {
      return Octets.ofHex(text);
    } else if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (constant.toString().equalsIgnoreCase(text)
            || ((Enum<?>) constant).name().equalsIgnoreCase(text)) {
          return constant;
        }
      }
      throw new IllegalArgumentException("'" + text + "' is no " + type.getSimpleName());
    }
    throw new IllegalStateException("evidence has a " + type + " without a form in lines");
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no time", e);
    }
  }
}
