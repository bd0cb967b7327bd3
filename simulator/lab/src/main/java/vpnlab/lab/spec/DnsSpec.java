package vpnlab.lab.spec;

import java.util.Map;

/** The public name server: names to addresses. */
public record DnsSpec(String host, boolean running, Map<String, String> records) {
  static DnsSpec of(SpecReader r) {
    return new DnsSpec(r.text("host", ""), r.bool("running", true), r.textMap("records"));
  }
}
