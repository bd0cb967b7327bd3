package vpnlab.lab.spec;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a profile judges the certificate of NPS.
 *
 * @param enabled whether it is judged at all
 * @param trustedRoots names of certificates of the lab; empty: every root of the client's computer
 * @param serverNames regular expressions, of which one must match a name of the certificate; empty:
 *     any name will do
 */
public record ServerValidationSpec(
    boolean enabled, List<String> trustedRoots, List<String> serverNames) {
  static ServerValidationSpec of(SpecReader r) {
    return new ServerValidationSpec(
        r.bool("enabled", true),
        r.texts("trustedRoots"),
        r.checkedTexts("serverNames", Pattern::compile));
  }
}
