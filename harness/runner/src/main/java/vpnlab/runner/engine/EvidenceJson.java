package vpnlab.runner.engine;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.StoredCertificate;

/** Evidence as JSON: packets in hexadecimal, certificates in base64, times as ISO 8601 in UTC. */
public final class EvidenceJson {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private EvidenceJson() {}

  /** The document that an engine reads. */
  public static String write(Evidence evidence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("vantage", evidence.vantage().name().toLowerCase(Locale.ROOT));
    json.put("client", evidence.client());
    json.put("profile", profile(evidence));
    json.put("packets", evidence.packets().stream().map(EvidenceJson::packet).toList());
    json.put("events", evidence.events().stream().map(EvidenceJson::event).toList());
    json.put(
        "certificates", evidence.certificates().stream().map(EvidenceJson::certificate).toList());
    json.put("hosts", evidence.hosts().stream().map(EvidenceJson::host).toList());
    return MAPPER.writeValueAsString(json);
  }

  private static Map<String, Object> profile(Evidence evidence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", evidence.profile().name());
    json.put("server", evidence.profile().server());
    json.put("tunnelType", evidence.profile().tunnelType());
    json.put("authentication", evidence.profile().authentication());
    json.put("userName", evidence.profile().userName());
    json.put("ikeProposals", evidence.profile().ikeProposals());
    return json;
  }

  private static Map<String, Object> packet(CapturedPacket packet) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", packet.at().toString());
    json.put("host", packet.host());
    json.put("direction", packet.direction().name().toLowerCase(Locale.ROOT));
    json.put("ip", HexFormat.of().formatHex(packet.ip().toArray()));
    return json;
  }

  private static Map<String, Object> event(EventRecord event) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", event.at().toString());
    json.put("host", event.host());
    json.put("log", event.log());
    json.put("source", event.source());
    json.put("id", event.id());
    json.put("level", event.level().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("data", event.data());
    json.put("message", event.message());
    return json;
  }

  private static Map<String, Object> certificate(StoredCertificate stored) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("host", stored.host());
    json.put("store", stored.store());
    json.put("der", Base64.getEncoder().encodeToString(stored.der().toArray()));
    json.put("privateKey", stored.privateKey());
    return json;
  }

  private static Map<String, Object> host(HostFacts facts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("host", facts.host());
    json.put("addresses", facts.addresses());
    json.put("services", new java.util.TreeMap<>(facts.services()));
    List<String> listeners = new ArrayList<>(facts.listeners());
    json.put("listeners", listeners);
    return json;
  }
}
