package vpnlab.wire.eap;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * An EAP packet (RFC 3748, section 4). Codes and types that nobody knows keep their octets.
 *
 * @param code what kind of packet
 * @param identifier 0 to 255; a Response carries that of its Request
 * @param type present exactly for Requests and Responses
 * @param data what follows the Type field, or the Length field when there is no type
 */
public record EapPacket(EapCode code, int identifier, Optional<EapType> type, Octets data) {
  private static final int HEADER = 4;
  private static final int EXPANDED = 254;
  private static final int MAX_LENGTH = 0xffff;

  public EapPacket {
    if (identifier < 0 || identifier > 255) {
      throw new IllegalArgumentException("EAP identifier " + identifier + " is not one octet");
    }
    if (code.hasType() != type.isPresent()) {
      throw new IllegalArgumentException(code + " and type " + type + " do not go together");
    }
    if ((code.equals(EapCode.SUCCESS) || code.equals(EapCode.FAILURE)) && !data.isEmpty()) {
      throw new IllegalArgumentException(code + " has no data");
    }
    if (data.size() > MAX_LENGTH - HEADER - 8) {
      throw new IllegalArgumentException("EAP data of " + data.size() + " octets");
    }
  }

  public static EapPacket request(int identifier, EapType type, Octets data) {
    return new EapPacket(EapCode.REQUEST, identifier, Optional.of(type), data);
  }

  public static EapPacket response(int identifier, EapType type, Octets data) {
    return new EapPacket(EapCode.RESPONSE, identifier, Optional.of(type), data);
  }

  public static EapPacket success(int identifier) {
    return new EapPacket(EapCode.SUCCESS, identifier, Optional.empty(), Octets.EMPTY);
  }

  public static EapPacket failure(int identifier) {
    return new EapPacket(EapCode.FAILURE, identifier, Optional.empty(), Octets.EMPTY);
  }

  /** An Identity Request without a message to display (RFC 3748, section 5.1). */
  public static EapPacket identityRequest(int identifier) {
    return request(identifier, EapType.IDENTITY, Octets.EMPTY);
  }

  /** An Identity Response; the identity is UTF-8 (RFC 3748, section 5.1). */
  public static EapPacket identityResponse(int identifier, String identity) {
    return response(identifier, EapType.IDENTITY, Octets.ofText(identity, StandardCharsets.UTF_8));
  }

  /** Reads one packet. Octets behind its Length are padding and ignored (RFC 3748, section 4.1). */
  public static EapPacket decode(Octets octets) throws MalformedMessageException {
    OctetReader in = new OctetReader(octets);
    EapCode code = new EapCode(in.u8("EAP Code"));
    int identifier = in.u8("EAP Identifier");
    int length = in.u16("EAP Length");
    if (length < HEADER) {
      throw new MalformedMessageException("EAP Length", "is " + length + ", must be at least 4");
    }
    OctetReader body = in.sub(length - HEADER, "EAP packet of length " + length);
    if (!code.hasType()) {
      Octets rest = body.rest();
      if (!rest.isEmpty() && (code.equals(EapCode.SUCCESS) || code.equals(EapCode.FAILURE))) {
        throw new MalformedMessageException(
            "EAP " + code, "has " + rest.size() + " octets of data");
      }
      return limited(code, identifier, Optional.empty(), rest);
    }
    EapType type = decodeType(body);
    return limited(code, identifier, Optional.of(type), body.rest());
  }

  private static EapPacket limited(
      EapCode code, int identifier, Optional<EapType> type, Octets data)
      throws MalformedMessageException {
    if (data.size() > MAX_LENGTH - HEADER - 8) {
      throw new MalformedMessageException("EAP data", "has " + data.size() + " octets");
    }
    return new EapPacket(code, identifier, type, data);
  }

  private static EapType decodeType(OctetReader in) throws MalformedMessageException {
    int code = in.u8("EAP Type");
    return code == EXPANDED
        ? EapType.expanded(in.u24("EAP Vendor-Id"), in.u32("EAP Vendor-Type"))
        : EapType.of(code);
  }

  public Octets encode() {
    OctetWriter body = new OctetWriter();
    type.ifPresent(
        t -> {
          body.u8(t.code());
          if (t.isExpanded()) {
            body.u24(t.vendor()).u32(t.vendorType());
          }
        });
    body.octets(data);
    return new OctetWriter()
        .u8(code.value())
        .u8(identifier)
        .u16(HEADER + body.size())
        .octets(body.toOctets())
        .toOctets();
  }

  /** Whether this is a Request or Response of {@code wanted}, in either form of the type. */
  public boolean isOfType(EapType wanted) {
    return type.isPresent() && type.get().canonical().equals(wanted.canonical());
  }

  public boolean isRequest() {
    return code.equals(EapCode.REQUEST);
  }

  public boolean isResponse() {
    return code.equals(EapCode.RESPONSE);
  }

  /** The data as UTF-8, for Identity and Notification. */
  public String text() {
    return data.toText(StandardCharsets.UTF_8);
  }
}
