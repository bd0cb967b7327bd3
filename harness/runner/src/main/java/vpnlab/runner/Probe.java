package vpnlab.runner;

import java.util.List;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.ProbeResult.Kind;
import vpnlab.lab.Lab;
import vpnlab.lab.spec.SpecReader;

/**
 * Something that the user tries once connected.
 *
 * @param target address, name or URL
 * @param count echo requests of a ping
 * @param succeeds whether it must go well while the faults are there; in a healthy lab it must
 */
public record Probe(Kind kind, String target, int count, boolean succeeds) {
  private static final List<Kind> KINDS = List.of(Kind.values());

  static Probe of(SpecReader r) {
    Kind kind = null;
    String target = "";
    for (Kind each : KINDS) {
      String key = key(each);
      if (r.has(key)) {
        if (kind != null) {
          r.problem(key, "stands beside '" + key(kind) + "'", "write two entries");
        }
        kind = each;
        target = r.requiredText(key);
      }
    }
    if (kind == null) {
      r.problem("ping", "is missing, and so are 'resolve' and 'get'", "say what to try");
      kind = Kind.PING;
    }
    return new Probe(kind, target, r.integer("count", 4, 1, 100_000), r.bool("succeeds", true));
  }

  private static String key(Kind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Tries it. */
  public ProbeResult run(Lab lab, String client) {
    return switch (kind) {
      case PING -> lab.ping(client, target, count);
      case RESOLVE -> lab.resolve(client, target);
      case GET -> lab.httpGet(client, target);
    };
  }

  /** E.g. {@code ping 10.0.0.5}. */
  @Override
  public String toString() {
    return key(kind) + " " + target;
  }
}
