package vpnlab.lab.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * What a merge patch (RFC 7396) asks for in vain: it removes what is not there. A wrong key with a
 * value is found once it is merged; a wrong key with {@code null} would vanish without a word.
 */
public final class PatchCheck {
  private PatchCheck() {}

  /** A problem for each {@code null} in {@code patch} that removes nothing from the document. */
  public static List<Problem> of(SpecNode document, SpecNode patch) {
    List<Problem> problems = new ArrayList<>();
    compare(document, patch, "", problems);
    return problems;
  }

  private static void compare(
      SpecNode document, SpecNode patch, String path, List<Problem> problems) {
    if (!(patch instanceof SpecNode.Mapping changes)
        || !(document instanceof SpecNode.Mapping base)) {
      return;
    }
    changes
        .entries()
        .forEach(
            (key, value) -> {
              SpecNode old = base.entries().get(key);
              if (old != null) {
                compare(old, value, path + key + ".", problems);
              } else if (value instanceof SpecNode.Scalar scalar && scalar.isNull()) {
                problems.add(
                    new Problem(
                        changes.keyLocation(key),
                        path + key + " is to be removed, but is not there",
                        Nearest.suggestion(key, base.entries().keySet())));
              }
            });
  }
}
