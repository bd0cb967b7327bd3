package vpnlab.runner.engine;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.wire.Octets;

/**
 * Evidence as JSON: every component of its records under its own name, so that an external engine
 * sees all that our own does. Packets are in hexadecimal, certificates in base64, times in ISO 8601
 * (UTC), constants in lower case with hyphens; what is absent is left out.
 */
public final class EvidenceJson {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EvidenceJson() {}

  /** The document that an engine reads. */
  public static String write(Evidence evidence) {
    return MAPPER.writeValueAsString(fields(evidence));
  }

  private static Map<String, Object> fields(Record something) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (RecordComponent component : something.getClass().getRecordComponents()) {
      Object value;
      try {
        value = component.getAccessor().invoke(something);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a component of public evidence", e);
      }
      if (value instanceof Octets octets && component.getName().equals("der")) {
        json.put(component.getName(), Base64.getEncoder().encodeToString(octets.toArray()));
      } else if (!(value instanceof Optional<?> optional && optional.isEmpty())) {
        json.put(component.getName(), value(value));
      }
    }
    return json;
  }

  private static Object value(Object value) {
    if (value instanceof NpsLogRecord log) {
      return log(log);
    } else if (value instanceof Record nested) {
      return fields(nested);
    } else if (value instanceof Optional<?> optional) {
      return value(optional.orElseThrow());
    } else if (value instanceof Octets octets) {
      return HexFormat.of().formatHex(octets.toArray());
    } else if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    } else if (value instanceof List<?> list) {
      return list.stream().map(EvidenceJson::value).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> json = new LinkedHashMap<>();
      map.forEach((key, each) -> json.put(key.toString(), value(each)));
      return json;
    } else if (value instanceof Instant || value instanceof Duration) {
      return value.toString();
    } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    throw new IllegalStateException("evidence has a " + value.getClass() + " without a JSON form");
  }

  /** By the names of the log's columns. */
  private static Map<String, Object> log(NpsLogRecord log) {
    Map<String, Object> json = new LinkedHashMap<>();
    log.values().forEach((field, text) -> json.put(field.column(), text));
    log.others().forEach((name, other) -> json.put(name, other.text()));
    return json;
  }
}
