package vpnlab.lab.spec;

import java.util.Map;

/** The public name server: names to addresses. */
public record DnsSpec(String host, boolean running, Map<String, String> records) {
  private static Map<String, String> records(SpecReader r) {
    return r.map(
        "records",
        records -> {
          Map<String, String> result = new java.util.LinkedHashMap<>();
          for (String name : records.names()) {
            result.put(name, records.checkedText(name, "", vpnlab.wire.ip.Ipv4Address::parse));
          }
          return result;
        });
  }

  static DnsSpec of(SpecReader r) {
    return new DnsSpec(r.text("host", ""), r.bool("running", true), records(r));
  }
}
