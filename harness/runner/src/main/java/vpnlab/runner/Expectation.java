package vpnlab.runner;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import vpnlab.evidence.Vantage;
import vpnlab.lab.spec.SpecReader;

/** The right diagnosis from every vantage point. */
public record Expectation(Map<Vantage, Expected> byVantage) {
  public Expectation {
    byVantage = Map.copyOf(byVantage);
    if (byVantage.size() != Vantage.values().length) {
      throw new IllegalArgumentException("an expectation covers every vantage point");
    }
  }

  public static Expectation of(Expected client, Expected administrator) {
    return new Expectation(Map.of(Vantage.CLIENT, client, Vantage.ADMINISTRATOR, administrator));
  }

  static Expectation of(SpecReader r) {
    Map<Vantage, Expected> expected = new EnumMap<>(Vantage.class);
    for (Vantage vantage : Vantage.values()) {
      String key = vantage.name().toLowerCase(Locale.ROOT);
      if (r.has(key)) {
        expected.put(vantage, r.map(key, Expected::of));
      } else {
        r.requiredText(key);
        expected.put(vantage, Expected.HEALTHY);
      }
    }
    return new Expectation(expected);
  }

  /** Whether nothing must be found, from anywhere. */
  public boolean healthy() {
    return byVantage.values().stream().allMatch(Expected::healthy);
  }

  public Expected from(Vantage vantage) {
    return byVantage.get(vantage);
  }

  public Expected client() {
    return from(Vantage.CLIENT);
  }

  public Expected administrator() {
    return from(Vantage.ADMINISTRATOR);
  }
}
