package vpnlab.lab.servers;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.lab.host.Machine;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;
import vpnlab.wire.radius.TunnelType;
import vpnlab.wire.radius.VendorAttribute;

/**
 * NPS's accounting log: a record for each request with what came in, and one for each answer with
 * what goes out. Their Class joins them.
 */
final class NpsLog {
  private static final DateTimeFormatter FILE =
      DateTimeFormatter.ofPattern("'IN'yyMM'.log'", Locale.ROOT);

  private static final Map<RadiusAttributeType, NpsLogField> TEXTS =
      Map.ofEntries(
          Map.entry(RadiusAttributeType.CALLED_STATION_ID, NpsLogField.CALLED_STATION_ID),
          Map.entry(RadiusAttributeType.CALLING_STATION_ID, NpsLogField.CALLING_STATION_ID),
          Map.entry(RadiusAttributeType.NAS_IDENTIFIER, NpsLogField.NAS_IDENTIFIER),
          Map.entry(RadiusAttributeType.CONNECT_INFO, NpsLogField.CONNECT_INFO),
          Map.entry(RadiusAttributeType.ACCT_SESSION_ID, NpsLogField.ACCT_SESSION_ID),
          Map.entry(RadiusAttributeType.ACCT_MULTI_SESSION_ID, NpsLogField.ACCT_MULTI_SSN_ID),
          Map.entry(RadiusAttributeType.TUNNEL_CLIENT_ENDPOINT, NpsLogField.TUNNEL_CLIENT_ENDPT),
          Map.entry(RadiusAttributeType.TUNNEL_SERVER_ENDPOINT, NpsLogField.TUNNEL_SERVER_ENDPT),
          Map.entry(RadiusAttributeType.ACCT_TUNNEL_CONNECTION, NpsLogField.ACCT_TUNNEL_CONN),
          Map.entry(RadiusAttributeType.TUNNEL_PRIVATE_GROUP_ID, NpsLogField.TUNNEL_PVT_GROUP_ID),
          Map.entry(RadiusAttributeType.TUNNEL_ASSIGNMENT_ID, NpsLogField.TUNNEL_ASSIGNMENT_ID));

  private static final int LAST_TAG = 0x1f;

  /** Which of them begin with the tag of RFC 2868 when there are several tunnels. */
  private static final Set<RadiusAttributeType> TAGGED_TEXTS =
      Set.of(
          RadiusAttributeType.TUNNEL_CLIENT_ENDPOINT,
          RadiusAttributeType.TUNNEL_SERVER_ENDPOINT,
          RadiusAttributeType.TUNNEL_PRIVATE_GROUP_ID,
          RadiusAttributeType.TUNNEL_ASSIGNMENT_ID);

  /** Their tag is the first octet of four; zero when it is not used. */
  private static final Set<RadiusAttributeType> TAGGED_NUMBERS =
      Set.of(RadiusAttributeType.TUNNEL_MEDIUM_TYPE, RadiusAttributeType.TUNNEL_PREFERENCE);

  private static final Map<RadiusAttributeType, NpsLogField> NUMBERS =
      Map.ofEntries(
          Map.entry(RadiusAttributeType.NAS_PORT, NpsLogField.NAS_PORT),
          Map.entry(RadiusAttributeType.PORT_LIMIT, NpsLogField.PORT_LIMIT),
          Map.entry(RadiusAttributeType.NAS_PORT_TYPE, NpsLogField.NAS_PORT_TYPE),
          Map.entry(RadiusAttributeType.FRAMED_PROTOCOL, NpsLogField.FRAMED_PROTOCOL),
          Map.entry(RadiusAttributeType.SERVICE_TYPE, NpsLogField.SERVICE_TYPE),
          Map.entry(RadiusAttributeType.SESSION_TIMEOUT, NpsLogField.SESSION_TIMEOUT),
          Map.entry(RadiusAttributeType.IDLE_TIMEOUT, NpsLogField.IDLE_TIMEOUT),
          Map.entry(RadiusAttributeType.TERMINATION_ACTION, NpsLogField.TERMINATION_ACTION),
          Map.entry(RadiusAttributeType.ACCT_STATUS_TYPE, NpsLogField.ACCT_STATUS_TYPE),
          Map.entry(RadiusAttributeType.ACCT_DELAY_TIME, NpsLogField.ACCT_DELAY_TIME),
          Map.entry(RadiusAttributeType.ACCT_INPUT_OCTETS, NpsLogField.ACCT_INPUT_OCTETS),
          Map.entry(RadiusAttributeType.ACCT_OUTPUT_OCTETS, NpsLogField.ACCT_OUTPUT_OCTETS),
          Map.entry(RadiusAttributeType.ACCT_AUTHENTIC, NpsLogField.ACCT_AUTHENTIC),
          Map.entry(RadiusAttributeType.ACCT_SESSION_TIME, NpsLogField.ACCT_SESSION_TIME),
          Map.entry(RadiusAttributeType.ACCT_INPUT_PACKETS, NpsLogField.ACCT_INPUT_PACKETS),
          Map.entry(RadiusAttributeType.ACCT_OUTPUT_PACKETS, NpsLogField.ACCT_OUTPUT_PACKETS),
          Map.entry(RadiusAttributeType.ACCT_TERMINATE_CAUSE, NpsLogField.ACCT_TERMINATE_CAUSE),
          Map.entry(RadiusAttributeType.ACCT_LINK_COUNT, NpsLogField.ACCT_LINK_COUNT),
          Map.entry(RadiusAttributeType.ACCT_INTERIM_INTERVAL, NpsLogField.ACCT_INTERIM_INTERVAL),
          Map.entry(RadiusAttributeType.TUNNEL_MEDIUM_TYPE, NpsLogField.TUNNEL_MEDIUM_TYPE),
          Map.entry(RadiusAttributeType.TUNNEL_PREFERENCE, NpsLogField.TUNNEL_PREFERENCE));

  private static final Map<Integer, NpsLogField> MICROSOFT_NUMBERS =
      Map.of(
          VendorAttribute.MS_ACCT_AUTH_TYPE, NpsLogField.MS_ACCT_AUTH_TYPE,
          VendorAttribute.MS_ACCT_EAP_TYPE, NpsLogField.MS_ACCT_EAP_TYPE,
          VendorAttribute.MS_RAS_VENDOR, NpsLogField.MS_RAS_VENDOR,
          VendorAttribute.MS_MPPE_ENCRYPTION_TYPES, NpsLogField.MS_MPPE_ENCRYPTION_TYPES,
          VendorAttribute.MS_MPPE_ENCRYPTION_POLICY, NpsLogField.MS_MPPE_ENCRYPTION_POLICY);

  private static final Map<Integer, NpsLogField> MICROSOFT_TEXTS =
      Map.of(
          VendorAttribute.MS_RAS_VERSION, NpsLogField.MS_RAS_VERSION,
          VendorAttribute.MS_CHAP_ERROR, NpsLogField.MS_CHAP_ERROR,
          VendorAttribute.MS_CHAP_DOMAIN, NpsLogField.MS_CHAP_DOMAIN,
          VendorAttribute.MS_RAS_CLIENT_NAME, NpsLogField.MS_RAS_CLIENT_NAME,
          VendorAttribute.MS_RAS_CLIENT_VERSION, NpsLogField.MS_RAS_CLIENT_VERSION);

  private final Machine machine;
  private final Consumer<NpsLogLine> sink;
  private String file = "";
  private long lines;

  NpsLog(Machine machine, Consumer<NpsLogLine> sink) {
    this.machine = machine;
    this.sink = sink;
  }

  /** A request that came in, authentication or accounting. */
  void request(AccessRequest request, NpsDecision decision) {
    NpsLogRecord.Builder row = row(request, request.packet().code(), decision);
    attributes(row, request.packet());
    request
        .packet()
        .first(RadiusAttributeType.USER_NAME)
        .ifPresent(name -> row.utf8(NpsLogField.USER_NAME, name));
    if (request.packet().code().equals(RadiusCode.ACCOUNTING_REQUEST)) {
      // Another server's Class may be any octets (RFC 2865, section 5.25).
      request
          .packet()
          .first(RadiusAttributeType.CLASS)
          .ifPresent(name -> row.octets(NpsLogField.CLASS, name));
    }
    row.number(NpsLogField.REASON_CODE, 0);
    write(row);
  }

  /** An answer to an Access-Request. */
  void answer(
      AccessRequest request,
      RadiusCode code,
      List<RadiusAttribute> attributes,
      NpsDecision decision) {
    NpsLogRecord.Builder row = row(request, code, decision);
    attributes(row, new RadiusPacket(code, 0, Octets.zeros(16), attributes));
    row.text(NpsLogField.POLICY_NAME, decision.networkPolicy());
    row.text(NpsLogField.EAP_FRIENDLY_NAME, decision.eapType());
    row.number(NpsLogField.REASON_CODE, decision.reasonCode());
    write(row);
  }

  private NpsLogRecord.Builder row(AccessRequest request, RadiusCode code, NpsDecision decision) {
    NpsLogRecord.Builder row = NpsLogRecord.builder();
    row.text(NpsLogField.COMPUTER_NAME, machine.name().toUpperCase(Locale.ROOT));
    row.text(NpsLogField.SERVICE_NAME, "IAS");
    row.timestamp(LocalDateTime.ofInstant(machine.now(), ZoneOffset.UTC));
    row.number(NpsLogField.PACKET_TYPE, code.value());
    row.text(NpsLogField.FULLY_QUALIFIED_NAME, decision.account());
    row.number(NpsLogField.CLIENT_VENDOR, 0);
    row.text(NpsLogField.CLIENT_IP_ADDRESS, request.clientAddress().getHostAddress());
    row.text(NpsLogField.CLIENT_FRIENDLY_NAME, request.clientName());
    if (!code.equals(RadiusCode.ACCOUNTING_REQUEST)) {
      row.number(NpsLogField.AUTHENTICATION_TYPE, decision.type().number());
    }
    row.text(NpsLogField.CLASS, decision.className());
    if (!decision.requestPolicy().isEmpty()) {
      row.text(NpsLogField.PROXY_POLICY_NAME, decision.requestPolicy());
      row.number(NpsLogField.PROVIDER_TYPE, 1);
    }
    row.other("SAM-Account-Name", 1, decision.account());
    return row;
  }

  private static void attributes(NpsLogRecord.Builder row, RadiusPacket packet) {
    Set<RadiusAttributeType> seen = new HashSet<>();
    for (RadiusAttribute each : packet.attributes()) {
      if (!seen.add(each.type())) {
        continue; // of several, the first is logged
      }
      NpsLogField text = TEXTS.get(each.type());
      if (text != null) {
        row.octets(
            text, TAGGED_TEXTS.contains(each.type()) ? untagged(each.value()) : each.value());
      }
      NpsLogField number = NUMBERS.get(each.type());
      if (number != null) {
        long mask = TAGGED_NUMBERS.contains(each.type()) ? 0xff_ffff : 0xffff_ffffL;
        packet.integer(each.type()).ifPresent(value -> row.number(number, value & mask));
      }
    }
    TunnelType.of(packet).ifPresent(type -> row.number(NpsLogField.TUNNEL_TYPE, type.value()));
    address(row, packet, RadiusAttributeType.NAS_IP_ADDRESS, NpsLogField.NAS_IP_ADDRESS);
    address(row, packet, RadiusAttributeType.FRAMED_IP_ADDRESS, NpsLogField.FRAMED_IP_ADDRESS);
    OptionalLong happened = packet.integer(RadiusAttributeType.EVENT_TIMESTAMP);
    happened.ifPresent(
        seconds -> row.eventTimestamp(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC)));
    for (VendorAttribute each : packet.vendorAttributes(VendorAttribute.MICROSOFT)) {
      NpsLogField number = MICROSOFT_NUMBERS.get(each.type());
      if (number != null && each.value().size() == 4) {
        row.number(number, Long.parseLong(each.value().toHex(), 16));
      }
      NpsLogField text = MICROSOFT_TEXTS.get(each.type());
      if (text != null) {
        row.octets(text, each.value());
      }
    }
  }

  /** RFC 2868, section 3.3: a first octet above 0x1f is no tag, but the first of the text. */
  private static Octets untagged(Octets value) {
    return value.isEmpty() || value.at(0) > LAST_TAG ? value : value.from(1);
  }

  private static void address(
      NpsLogRecord.Builder row, RadiusPacket packet, RadiusAttributeType type, NpsLogField field) {
    packet
        .first(type)
        .filter(value -> value.size() == 4)
        .ifPresent(value -> row.text(field, AccessRequest.dotted(value)));
  }

  private void write(NpsLogRecord.Builder row) {
    String today = FILE.format(machine.now().atOffset(ZoneOffset.UTC));
    if (!today.equals(file)) {
      file = today;
      lines = 0;
    }
    sink.accept(new NpsLogLine(machine.now(), machine.name(), file, ++lines, row.build()));
  }
}
