package vpnlab.evidence.npslog;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of NPS's accounting log in its database-compatible (comma-separated) format, in their
 * order, and the elements that carry the same values in its DTS-compliant (XML) format. The order
 * is that of the heading row that administrators put above the file by hand; the file itself has
 * none.
 */
public enum NpsLogField {
  COMPUTER_NAME("ComputerName", Kind.TEXT, "Computer-Name"),
  SERVICE_NAME("ServiceName", Kind.TEXT, "Event-Source"),
  RECORD_DATE("Record-Date", Kind.DATE, "Timestamp"),
  RECORD_TIME("Record-Time", Kind.TIME, "Timestamp"),
  PACKET_TYPE("Packet-Type", Kind.NUMBER, "Packet-Type"),
  USER_NAME("User-Name", Kind.TEXT, "User-Name"),
  FULLY_QUALIFIED_NAME("Fully-Qualified-Distinguished-Name", Kind.TEXT, "Fully-Qualifed-User-Name"),
  CALLED_STATION_ID("Called-Station-ID", Kind.TEXT, "Called-Station-Id"),
  CALLING_STATION_ID("Calling-Station-ID", Kind.TEXT, "Calling-Station-Id"),
  CALLBACK_NUMBER("Callback-Number", Kind.TEXT, "Callback-Number"),
  FRAMED_IP_ADDRESS("Framed-IP-Address", Kind.ADDRESS, "Framed-IP-Address"),
  NAS_IDENTIFIER("NAS-Identifier", Kind.TEXT, "NAS-Identifier"),
  NAS_IP_ADDRESS("NAS-IP-Address", Kind.ADDRESS, "NAS-IP-Address"),
  NAS_PORT("NAS-Port", Kind.NUMBER, "NAS-Port"),
  CLIENT_VENDOR("Client-Vendor", Kind.NUMBER, "Client-Vendor"),
  CLIENT_IP_ADDRESS("Client-IP-Address", Kind.ADDRESS, "Client-IP-Address"),
  CLIENT_FRIENDLY_NAME("Client-Friendly-Name", Kind.TEXT, "Client-Friendly-Name"),
  EVENT_TIMESTAMP("Event-Timestamp", Kind.DATE_TIME, "Event-Timestamp"),
  PORT_LIMIT("Port-Limit", Kind.NUMBER, "Port-Limit"),
  NAS_PORT_TYPE("NAS-Port-Type", Kind.NUMBER, "NAS-Port-Type"),
  CONNECT_INFO("Connect-Info", Kind.TEXT, "Connect-Info"),
  FRAMED_PROTOCOL("Framed-Protocol", Kind.NUMBER, "Framed-Protocol"),
  SERVICE_TYPE("Service-Type", Kind.NUMBER, "Service-Type"),
  AUTHENTICATION_TYPE("Authentication-Type", Kind.NUMBER, "Authentication-Type"),
  POLICY_NAME("Policy-Name", Kind.TEXT, "NP-Policy-Name"),
  REASON_CODE("Reason-Code", Kind.NUMBER, "Reason-Code"),
  CLASS("Class", Kind.TEXT, "Class"),
  SESSION_TIMEOUT("Session-Timeout", Kind.NUMBER, "Session-Timeout"),
  IDLE_TIMEOUT("Idle-Timeout", Kind.NUMBER, "Idle-Timeout"),
  TERMINATION_ACTION("Termination-Action", Kind.NUMBER, "Termination-Action"),
  EAP_FRIENDLY_NAME("EAP-Friendly-Name", Kind.TEXT, "EAP-Friendly-Name"),
  ACCT_STATUS_TYPE("Acct-Status-Type", Kind.NUMBER, "Acct-Status-Type"),
  ACCT_DELAY_TIME("Acct-Delay-Time", Kind.NUMBER, "Acct-Delay-Time"),
  ACCT_INPUT_OCTETS("Acct-Input-Octets", Kind.NUMBER, "Acct-Input-Octets"),
  ACCT_OUTPUT_OCTETS("Acct-Output-Octets", Kind.NUMBER, "Acct-Output-Octets"),
  ACCT_SESSION_ID("Acct-Session-Id", Kind.TEXT, "Acct-Session-Id"),
  ACCT_AUTHENTIC("Acct-Authentic", Kind.NUMBER, "Acct-Authentic"),
  ACCT_SESSION_TIME("Acct-Session-Time", Kind.NUMBER, "Acct-Session-Time"),
  ACCT_INPUT_PACKETS("Acct-Input-Packets", Kind.NUMBER, "Acct-Input-Packets"),
  ACCT_OUTPUT_PACKETS("Acct-Output-Packets", Kind.NUMBER, "Acct-Output-Packets"),
  ACCT_TERMINATE_CAUSE("Acct-Terminate-Cause", Kind.NUMBER, "Acct-Terminate-Cause"),
  ACCT_MULTI_SSN_ID("Acct-Multi-Ssn-ID", Kind.TEXT, "Acct-Multi-Session-Id"),
  ACCT_LINK_COUNT("Acct-Link-Count", Kind.NUMBER, "Acct-Link-Count"),
  ACCT_INTERIM_INTERVAL("Acct-Interim-Interval", Kind.NUMBER, "Acct-Interim-Interval"),
  TUNNEL_TYPE("Tunnel-Type", Kind.NUMBER, "Tunnel-Type"),
  TUNNEL_MEDIUM_TYPE("Tunnel-Medium-Type", Kind.NUMBER, "Tunnel-Medium-Type"),
  TUNNEL_CLIENT_ENDPT("Tunnel-Client-Endpt", Kind.TEXT, "Tunnel-Client-Endpt"),
  TUNNEL_SERVER_ENDPT("Tunnel-Server-Endpt", Kind.TEXT, "Tunnel-Server-Endpt"),
  ACCT_TUNNEL_CONN("Acct-Tunnel-Conn", Kind.TEXT, "Acct-Tunnel-Connection"),
  TUNNEL_PVT_GROUP_ID("Tunnel-Pvt-Group-ID", Kind.TEXT, "Tunnel-Pvt-Group-Id"),
  TUNNEL_ASSIGNMENT_ID("Tunnel-Assignment-ID", Kind.TEXT, "Tunnel-Assignment-Id"),
  TUNNEL_PREFERENCE("Tunnel-Preference", Kind.NUMBER, "Tunnel-Preference"),
  MS_ACCT_AUTH_TYPE("MS-Acct-Auth-Type", Kind.NUMBER, "MS-Acct-Auth-Type"),
  MS_ACCT_EAP_TYPE("MS-Acct-EAP-Type", Kind.NUMBER, "MS-Acct-EAP-Type"),
  MS_RAS_VERSION("MS-RAS-Version", Kind.TEXT, "MS-RAS-Version"),
  MS_RAS_VENDOR("MS-RAS-Vendor", Kind.NUMBER, "MS-RAS-Vendor"),
  MS_CHAP_ERROR("MS-CHAP-Error", Kind.TEXT, "MS-CHAP-Error"),
  MS_CHAP_DOMAIN("MS-CHAP-Domain", Kind.TEXT, "MS-CHAP-Domain"),
  MS_MPPE_ENCRYPTION_TYPES("MS-MPPE-Encryption-Types", Kind.NUMBER, "MS-MPPE-Encryption-Types"),
  MS_MPPE_ENCRYPTION_POLICY("MS-MPPE-Encryption-Policy", Kind.NUMBER, "MS-MPPE-Encryption-Policy"),
  PROXY_POLICY_NAME("Proxy-Policy-Name", Kind.TEXT, "Proxy-Policy-Name"),
  PROVIDER_TYPE("Provider-Type", Kind.NUMBER, "Provider-Type"),
  PROVIDER_NAME("Provider-Name", Kind.TEXT, "Provider-Name"),
  REMOTE_SERVER_ADDRESS("Remote-Server-Address", Kind.ADDRESS, "Remote-Server-Address"),
  MS_RAS_CLIENT_NAME("MS-RAS-Client-Name", Kind.TEXT, "MS-RAS-Client-Name"),
  MS_RAS_CLIENT_VERSION("MS-RAS-Client-Version", Kind.TEXT, "MS-RAS-Client-Version");

  /** How a value is written. */
  public enum Kind {
    /** In double quotes. */
    TEXT,
    /** An IP address as text: in double quotes, but with a type of its own in XML. */
    ADDRESS,
    /** Decimal, unsigned, without quotes. */
    NUMBER,
    /** {@code MM/DD/YYYY}, without quotes. */
    DATE,
    /** {@code HH:MM:SS}, 24 hours, without quotes. */
    TIME,
    /** {@code MM/DD/YYYY HH:MM:SS}, without quotes. */
    DATE_TIME;

    /** Whether values stand in double quotes. */
    public boolean quoted() {
      return this == TEXT || this == ADDRESS;
    }
  }

  /** What NPS writes: all columns. */
  public static final int COLUMNS = 66;

  /**
   * What Windows 2000 and 2003 wrote (with RRAS as the writer): the columns up to {@link
   * #MS_MPPE_ENCRYPTION_POLICY}.
   */
  public static final int SHORT_COLUMNS = 60;

  private static final List<NpsLogField> ALL = List.of(values());
  private static final Map<String, NpsLogField> BY_ELEMENT = byElement();

  private final String column;
  private final Kind kind;
  private final String element;

  NpsLogField(String column, Kind kind, String element) {
    this.column = column;
    this.kind = kind;
    this.element = element;
  }

  private static Map<String, NpsLogField> byElement() {
    Map<String, NpsLogField> fields = new HashMap<>();
    for (NpsLogField field : ALL) {
      fields.put(field.element, field);
    }
    fields.remove(NpsLogXml.TIMESTAMP);
    return Collections.unmodifiableMap(fields);
  }

  /** All, in the order of the columns. */
  public static List<NpsLogField> all() {
    return ALL;
  }

  /**
   * The field of that XML element; empty for elements without a column and for {@code Timestamp},
   * which is date and time in one.
   */
  public static Optional<NpsLogField> ofElement(String element) {
    return Optional.ofNullable(BY_ELEMENT.get(element));
  }

  /** The column's name, e.g. {@code Calling-Station-ID}. */
  public String column() {
    return column;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * The name of the element in the XML format, e.g. {@code Calling-Station-Id}; as the product
   * spells it, {@code Fully-Qualifed-User-Name} too.
   */
  public String element() {
    return element;
  }

  /** The name as the heading row has it. */
  @Override
  public String toString() {
    return column;
  }
}
