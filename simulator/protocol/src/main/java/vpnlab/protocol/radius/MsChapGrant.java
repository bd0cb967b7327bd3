package vpnlab.protocol.radius;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.protocol.mschap.MsChapV2;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.MsChapV2FailureMessage;
import vpnlab.wire.eap.MsChapV2SuccessMessage;
import vpnlab.wire.radius.IdentifiedText;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusPacket;
import vpnlab.wire.radius.VendorAttribute;

/**
 * What an Access-Accept adds for a user who has proved himself with MS-CHAP or MS-CHAPv2: the
 * server's own proof, and keys for MPPE (RFC 2548).
 *
 * @param keys become MS-MPPE-Send-Key and MS-MPPE-Recv-Key
 */
public record MsChapGrant(List<RadiusAttribute> attributes, Optional<EapKeys> keys) {
  private static final int LM_KEY = 8;
  private static final int PADDING = 8;

  public MsChapGrant {
    attributes = List.copyOf(attributes);
  }

  /** MS-CHAP2-Success (RFC 2548, section 2.3.3) and the keys of RFC 3079, section 3. */
  public static MsChapGrant of(
      UserCredentials.MsChap2 credentials, String userName, Octets ntPasswordHash) {
    Octets proof =
        MsChapV2.generateAuthenticatorResponse(
            ntPasswordHash,
            credentials.response().ntResponse(),
            credentials.response().peerChallenge(),
            credentials.challenge(),
            userName);
    // The attribute is S= and its digits alone; other than in PPP no message follows.
    String text = new MsChapV2SuccessMessage(proof, "").authString();
    IdentifiedText value = IdentifiedText.of(credentials.response().identifier(), text);
    return new MsChapGrant(
        List.of(
            VendorAttribute.microsoft(VendorAttribute.MS_CHAP2_SUCCESS, value.encode())
                .toAttribute()),
        Optional.of(EapKeys.ofMsChapV2(ntPasswordHash, credentials.response().ntResponse())));
  }

  /**
   * MS-CHAP-MPPE-Keys (RFC 2548, section 2.4.1), hidden like a User-Password. The LM key is zero:
   * LAN Manager hashes are not kept, so that there is encryption with 128 bits only.
   */
  public static MsChapGrant of(RadiusPacket request, SharedSecret secret, Octets ntPasswordHash) {
    Octets keys =
        Octets.concat(
            Octets.zeros(LM_KEY),
            MsChapV2.hashNtPasswordHash(ntPasswordHash),
            Octets.zeros(PADDING));
    Octets hidden = secret.hidePassword(keys, request.authenticator());
    return new MsChapGrant(
        List.of(VendorAttribute.microsoft(VendorAttribute.MS_CHAP_MPPE_KEYS, hidden).toAttribute()),
        Optional.empty());
  }

  /**
   * MS-CHAP-Error of an Access-Reject (RFC 2548, section 2.1.5); empty when the request was made
   * with neither MS-CHAP nor MS-CHAPv2.
   *
   * @param error 646, 647, 648, 649, 691 or another (RFC 2759, section 6)
   */
  public static List<RadiusAttribute> refusal(UserCredentials credentials, int error) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    if (credentials instanceof UserCredentials.MsChap2 v2) {
      attributes.add(error(v2.response().identifier(), error));
    } else if (credentials instanceof UserCredentials.MsChap v1) {
      attributes.add(error(v1.response().identifier(), error));
    }
    return attributes;
  }

  private static RadiusAttribute error(int identifier, int error) {
    Octets text = new MsChapV2FailureMessage(error, false, Octets.EMPTY, "").encode();
    return VendorAttribute.microsoft(
            VendorAttribute.MS_CHAP_ERROR, new IdentifiedText(identifier, text).encode())
        .toAttribute();
  }
}
