package vpnlab.protocol.radius;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.mschap.MsChapV2;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.MsChap2Response;
import vpnlab.wire.radius.MsChapResponse;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusPacket;
import vpnlab.wire.radius.VendorAttribute;

/** How an Access-Request without EAP proves who the user is. */
public sealed interface UserCredentials {
  /** The attributes of an Access-Request; PAP's are the {@link RadiusClient}'s work. */
  List<RadiusAttribute> attributes();

  /** No credentials at all. */
  record None() implements UserCredentials {
    @Override
    public List<RadiusAttribute> attributes() {
      return List.of();
    }
  }

  /** PAP: the password itself (RFC 2865, section 5.2). With another secret it is garbled. */
  record Pap(Octets password) implements UserCredentials {
    @Override
    public List<RadiusAttribute> attributes() {
      return List.of();
    }

    @Override
    public String toString() {
      return "Pap";
    }
  }

  /**
   * CHAP with MD5 (RFC 2865, section 5.3; RFC 1994).
   *
   * @param response 16 octets
   */
  record Chap(int identifier, Octets challenge, Octets response) implements UserCredentials {
    public static Chap of(int identifier, Octets challenge, String password) {
      return new Chap(identifier, challenge, response(identifier, challenge, password));
    }

    /** Whether the response was made with that password, of which no hash is enough. */
    public boolean matches(String password) {
      return response(identifier, challenge, password).equalsInConstantTime(response);
    }

    private static Octets response(int identifier, Octets challenge, String password) {
      return SharedSecret.md5(
          Octets.of((byte) identifier), Octets.ofText(password, StandardCharsets.UTF_8), challenge);
    }

    @Override
    public List<RadiusAttribute> attributes() {
      return List.of(
          new RadiusAttribute(
              RadiusAttributeType.CHAP_PASSWORD,
              Octets.concat(Octets.of((byte) identifier), response)),
          new RadiusAttribute(RadiusAttributeType.CHAP_CHALLENGE, challenge));
    }
  }

  /**
   * MS-CHAP (RFC 2433; RFC 2548, section 2.1).
   *
   * @param challenge 8 octets
   */
  record MsChap(Octets challenge, MsChapResponse response) implements UserCredentials {
    public static MsChap of(int identifier, Octets challenge, Octets ntPasswordHash) {
      Octets answer = MsChapV2.challengeResponse(challenge, ntPasswordHash);
      return new MsChap(
          challenge,
          new MsChapResponse(identifier, MsChapResponse.USE_NT_RESPONSE, Octets.zeros(24), answer));
    }

    /** Whether only LAN Manager's response was sent, which is far too weak to be looked at. */
    public boolean lanManagerOnly() {
      return (response.flags() & MsChapResponse.USE_NT_RESPONSE) == 0;
    }

    public boolean matches(Octets ntPasswordHash) {
      return MsChapV2.challengeResponse(challenge, ntPasswordHash)
          .equalsInConstantTime(response.ntResponse());
    }

    @Override
    public List<RadiusAttribute> attributes() {
      return List.of(
          VendorAttribute.microsoft(VendorAttribute.MS_CHAP_CHALLENGE, challenge).toAttribute(),
          VendorAttribute.microsoft(VendorAttribute.MS_CHAP_RESPONSE, response.encode())
              .toAttribute());
    }
  }

  /**
   * MS-CHAPv2 (RFC 2759; RFC 2548, section 2.3).
   *
   * @param challenge the authenticator's, 16 octets
   */
  record MsChap2(Octets challenge, MsChap2Response response) implements UserCredentials {
    public static MsChap2 of(
        int identifier,
        Octets challenge,
        Octets peerChallenge,
        String userName,
        Octets ntPasswordHash) {
      Octets answer =
          MsChapV2.generateNtResponse(challenge, peerChallenge, userName, ntPasswordHash);
      return new MsChap2(challenge, new MsChap2Response(identifier, peerChallenge, answer));
    }

    public boolean matches(String userName, Octets ntPasswordHash) {
      return MsChapV2.generateNtResponse(
              challenge, response.peerChallenge(), userName, ntPasswordHash)
          .equalsInConstantTime(response.ntResponse());
    }

    @Override
    public List<RadiusAttribute> attributes() {
      return List.of(
          VendorAttribute.microsoft(VendorAttribute.MS_CHAP_CHALLENGE, challenge).toAttribute(),
          VendorAttribute.microsoft(VendorAttribute.MS_CHAP2_RESPONSE, response.encode())
              .toAttribute());
    }
  }

  /**
   * What an Access-Request carries.
   *
   * @throws MalformedMessageException when it carries more than one kind, or one in a form that
   *     cannot be
   */
  static UserCredentials of(RadiusPacket request, SharedSecret secret)
      throws MalformedMessageException {
    Optional<Octets> password = request.first(RadiusAttributeType.USER_PASSWORD);
    Optional<Octets> chap = request.first(RadiusAttributeType.CHAP_PASSWORD);
    Optional<Octets> msChap = request.microsoft(VendorAttribute.MS_CHAP_RESPONSE);
    Optional<Octets> msChap2 = request.microsoft(VendorAttribute.MS_CHAP2_RESPONSE);
    long kinds =
        List.of(password, chap, msChap, msChap2).stream().filter(Optional::isPresent).count();
    if (kinds > 1) {
      throw new MalformedMessageException(
          "Access-Request", "has credentials of " + kinds + " kinds");
    }
    if (password.isPresent()) {
      return new Pap(
          secret
              .revealPassword(password.get(), request.authenticator())
              .orElseThrow(() -> wrong("User-Password", password.get().size())));
    } else if (chap.isPresent()) {
      return chap(request, chap.get());
    } else if (msChap.isPresent()) {
      return new MsChap(challenge(request, 8), MsChapResponse.decode(msChap.get()));
    } else if (msChap2.isPresent()) {
      return new MsChap2(challenge(request, 16), MsChap2Response.decode(msChap2.get()));
    }
    return new None();
  }

  private static Chap chap(RadiusPacket request, Octets value) throws MalformedMessageException {
    if (value.size() != 17) {
      throw wrong("CHAP-Password", value.size());
    }
    // RFC 2865, section 5.40: without the attribute, the Request Authenticator is the challenge.
    Octets challenge =
        request.first(RadiusAttributeType.CHAP_CHALLENGE).orElse(request.authenticator());
    return new Chap(value.at(0), challenge, value.from(1));
  }

  private static Octets challenge(RadiusPacket request, int size) throws MalformedMessageException {
    Octets challenge = request.microsoft(VendorAttribute.MS_CHAP_CHALLENGE).orElse(Octets.EMPTY);
    if (challenge.size() != size) {
      throw wrong("MS-CHAP-Challenge", challenge.size());
    }
    return challenge;
  }

  private static MalformedMessageException wrong(String attribute, int size) {
    return new MalformedMessageException(attribute, "of " + size + " octets");
  }
}
