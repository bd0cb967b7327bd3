package vpnlab.lab.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML document in which every value knows where it was written. */
public sealed interface SpecNode {
  Location location();

  /** What a person calls this kind of value. */
  String kind();

  /** A map; {@code keys} has the place of each key. */
  record Mapping(Location location, Map<String, SpecNode> entries, Map<String, Location> keys)
      implements SpecNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      keys = Map.copyOf(keys);
    }

    /** An empty map that stands at {@code location}. */
    public static Mapping empty(Location location) {
      return new Mapping(location, Map.of(), Map.of());
    }

    @Override
    public String kind() {
      return "a map";
    }

    /** Where the key was written, or where the map begins when it has no such key. */
    public Location keyLocation(String key) {
      return keys.getOrDefault(key, location);
    }
  }

  /** A list. */
  record Sequence(Location location, List<SpecNode> items) implements SpecNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A string, number, boolean or null, as it was written. */
  record Scalar(Location location, String text, boolean isNull) implements SpecNode {
    @Override
    public String kind() {
      return isNull ? "null" : "'" + text + "'";
    }
  }

  /**
   * This document changed by {@code patch} as RFC 7396 (JSON Merge Patch) says: maps are merged,
   * null removes, anything else replaces. Values keep the place where they were written, so that an
   * error points at the patch when the patch is wrong.
   */
  default SpecNode patchedBy(SpecNode patch) {
    if (!(patch instanceof Mapping patchMap)) {
      return patch;
    }
    Mapping base = this instanceof Mapping map ? map : Mapping.empty(patch.location());
    Map<String, SpecNode> entries = new LinkedHashMap<>(base.entries());
    Map<String, Location> keys = new LinkedHashMap<>(base.keys());
    patchMap
        .entries()
        .forEach(
            (key, value) -> {
              if (value instanceof Scalar scalar && scalar.isNull()) {
                entries.remove(key);
                keys.remove(key);
              } else {
                SpecNode old = entries.get(key);
                SpecNode start = old == null ? Mapping.empty(value.location()) : old;
                entries.put(key, start.patchedBy(value));
                keys.put(key, patchMap.keyLocation(key));
              }
            });
    return new Mapping(base.location(), entries, keys);
  }
}
