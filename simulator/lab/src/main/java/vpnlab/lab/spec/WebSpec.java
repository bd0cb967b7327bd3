package vpnlab.lab.spec;

import java.util.Map;

/**
 * A web server of the intranet, for users to try.
 *
 * @param host empty for none
 * @param pages path to text
 */
public record WebSpec(String host, boolean running, Map<String, String> pages) {
  static WebSpec of(SpecReader r) {
    return new WebSpec(r.text("host", ""), r.bool("running", true), r.textMap("pages"));
  }
}
