package vpnlab.wire.radius;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * The value of MS-CHAP2-Response (RFC 2548, section 2.3.2).
 *
 * @param identifier of the MS-CHAPv2 exchange, 0 to 255
 * @param flags 0; others are legal and without meaning
 * @param peerChallenge 16 octets
 * @param reserved 8 octets, zero
 * @param ntResponse 24 octets (RFC 2759, section 4)
 */
public record MsChap2Response(
    int identifier, int flags, Octets peerChallenge, Octets reserved, Octets ntResponse) {
  private static final int CHALLENGE = 16;
  private static final int RESERVED = 8;
  private static final int RESPONSE = 24;

  public MsChap2Response {
    if (peerChallenge.size() != CHALLENGE
        || reserved.size() != RESERVED
        || ntResponse.size() != RESPONSE) {
      throw new IllegalArgumentException("an MS-CHAP2 response has 16, 8 and 24 octets");
    }
  }

  public MsChap2Response(int identifier, Octets peerChallenge, Octets ntResponse) {
    this(identifier, 0, peerChallenge, Octets.zeros(RESERVED), ntResponse);
  }

  public static MsChap2Response decode(Octets octets) throws MalformedMessageException {
    OctetReader in = new OctetReader(octets);
    int identifier = in.u8("MS-CHAP2-Response Ident");
    int flags = in.u8("MS-CHAP2-Response Flags");
    Octets challenge = in.octets(CHALLENGE, "MS-CHAP2-Response Peer-Challenge");
    Octets reserved = in.octets(RESERVED, "MS-CHAP2-Response Reserved");
    Octets response = in.octets(RESPONSE, "MS-CHAP2-Response Response");
    in.expectEnd("MS-CHAP2-Response");
    return new MsChap2Response(identifier, flags, challenge, reserved, response);
  }

  public Octets encode() {
    return new OctetWriter()
        .u8(identifier)
        .u8(flags)
        .octets(peerChallenge)
        .octets(reserved)
        .octets(ntResponse)
        .toOctets();
  }
}
