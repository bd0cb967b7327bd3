package vpnlab.wire.radius;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * The value of MS-CHAP-Response (RFC 2548, section 2.1.3).
 *
 * @param identifier of the MS-CHAP exchange, 0 to 255
 * @param flags 1 when the NT-Response counts
 * @param lmResponse 24 octets
 * @param ntResponse 24 octets
 */
public record MsChapResponse(int identifier, int flags, Octets lmResponse, Octets ntResponse) {
  public static final int USE_NT_RESPONSE = 1;
  private static final int RESPONSE = 24;

  public MsChapResponse {
    if (lmResponse.size() != RESPONSE || ntResponse.size() != RESPONSE) {
      throw new IllegalArgumentException("an MS-CHAP response has 24 octets");
    }
  }

  public static MsChapResponse decode(Octets octets) throws MalformedMessageException {
    OctetReader in = new OctetReader(octets);
    int identifier = in.u8("MS-CHAP-Response Ident");
    int flags = in.u8("MS-CHAP-Response Flags");
    Octets lm = in.octets(RESPONSE, "MS-CHAP-Response LM-Response");
    Octets nt = in.octets(RESPONSE, "MS-CHAP-Response NT-Response");
    in.expectEnd("MS-CHAP-Response");
    return new MsChapResponse(identifier, flags, lm, nt);
  }

  public Octets encode() {
    return new OctetWriter()
        .u8(identifier)
        .u8(flags)
        .octets(lmResponse)
        .octets(ntResponse)
        .toOctets();
  }
}
