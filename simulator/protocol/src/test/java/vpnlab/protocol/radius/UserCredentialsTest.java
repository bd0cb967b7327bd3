package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.mschap.MsChapV2;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.IdentifiedText;
import vpnlab.wire.radius.MsChap2Response;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;
import vpnlab.wire.radius.VendorAttribute;

/** Published examples: RFC 2865, section 7; RFC 2433, appendix B.2; RFC 2759, section 9.2. */
class UserCredentialsTest {
  private static final SharedSecret SECRET = SharedSecret.of("xyzzy5461");
  private static final Octets HASH = MsChapV2.ntPasswordHash("clientPass");
  private static final Octets CHALLENGE = Octets.ofHex("5B5D7C7D7B3F2F3E3C2C602132262628");
  private static final Octets PEER_CHALLENGE = Octets.ofHex("21402324255E262A28295F2B3A337C7E");
  private static final Octets NT_RESPONSE =
      Octets.ofHex("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");

  @Test
  void the_CHAP_password_of_RFC_2865_section_7_2_is_arctangent() throws Exception {
    RadiusPacket request =
        RadiusPacket.decode(
            Octets.ofHex(
                """
                01 01 00 47 2a ee 86 f0 8d 0d 55 96 9c a5 97 8e
                0d 33 67 a2 01 08 66 6c 6f 70 73 79 03 13 16 e9
                75 57 c3 16 18 58 95 f2 93 ff 63 44 07 72 75 04
                06 c0 a8 01 10 05 06 00 00 00 14 06 06 00 00 00
                02 07 06 00 00 00 01
                """));

    UserCredentials.Chap chap = (UserCredentials.Chap) UserCredentials.of(request, SECRET);

    assertThat(chap.identifier()).isEqualTo(0x16);
    assertThat(chap.matches("arctangent")).isTrue();
    assertThat(chap.matches("arctangenT")).isFalse();
  }

  @Test
  void the_response_of_RFC_2433_appendix_B_2_is_that_of_MyPw() throws Exception {
    Octets hash = MsChapV2.ntPasswordHash("MyPw");
    UserCredentials.MsChap ours =
        UserCredentials.MsChap.of(3, Octets.ofHex("102DB5DF085D3041"), hash);

    assertThat(ours.response().ntResponse())
        .isEqualTo(Octets.ofHex("4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61"));
    assertThat(((UserCredentials.MsChap) carried(ours)).matches(hash)).isTrue();
  }

  @Test
  void the_exchange_of_RFC_2759_section_9_2_is_accepted_and_proved() throws Exception {
    UserCredentials.MsChap2 theirs =
        new UserCredentials.MsChap2(CHALLENGE, new MsChap2Response(1, PEER_CHALLENGE, NT_RESPONSE));

    UserCredentials read = carried(theirs);

    assertThat(read).isEqualTo(theirs);
    assertThat(((UserCredentials.MsChap2) read).matches("User", HASH)).isTrue();
    assertThat(((UserCredentials.MsChap2) read).matches("user", HASH)).isFalse();
    assertThat(UserCredentials.MsChap2.of(1, CHALLENGE, PEER_CHALLENGE, "User", HASH))
        .isEqualTo(theirs);
    MsChapGrant grant = MsChapGrant.of(theirs, "User", HASH);
    RadiusPacket accept = packet(grant.attributes());
    IdentifiedText success =
        IdentifiedText.decode(accept.microsoft(VendorAttribute.MS_CHAP2_SUCCESS).orElseThrow());
    assertThat(success)
        .isEqualTo(IdentifiedText.of(1, "S=407A5589115FD0D6209F510FE9C04566932CDA56"));
    // RFC 3079, section 3.5.3: the server's sending key.
    assertThat(grant.keys().orElseThrow().sendKey())
        .isEqualTo(Octets.ofHex("8B7CDC149B993A1BA118CB153F56DCCB"));
  }

  @Test
  void MS_CHAP_MPPE_Keys_are_32_octets_hidden_like_a_password() {
    RadiusPacket request = packet(List.of());

    RadiusPacket accept = packet(MsChapGrant.of(request, SECRET, HASH).attributes());

    Octets hidden = accept.microsoft(VendorAttribute.MS_CHAP_MPPE_KEYS).orElseThrow();
    assertThat(hidden.size()).isEqualTo(32);
    assertThat(SECRET.revealPassword(hidden, request.authenticator()).orElseThrow().slice(8, 24))
        .isEqualTo(Octets.ofHex("41C00C584BD2D91C4017A2A12FA59F3F"));
  }

  @Test
  void a_refusal_names_the_error_and_the_identifier_of_the_response() throws Exception {
    UserCredentials credentials =
        UserCredentials.MsChap2.of(7, CHALLENGE, PEER_CHALLENGE, "User", HASH);

    RadiusPacket reject = packet(MsChapGrant.refusal(credentials, 649));

    assertThat(IdentifiedText.decode(reject.microsoft(VendorAttribute.MS_CHAP_ERROR).orElseThrow()))
        .isEqualTo(IdentifiedText.of(7, "E=649 R=0 V=3"));
    assertThat(MsChapGrant.refusal(new UserCredentials.Pap(Octets.EMPTY), 649)).isEmpty();
  }

  @Test
  void a_PAP_password_made_with_another_secret_is_garbled() throws Exception {
    Octets clear = Octets.ofText("arctangent", StandardCharsets.UTF_8);
    Octets authenticator = Octets.ofHex("0f403f9473978057bd83d5cb98f4227a");
    RadiusPacket request =
        new RadiusPacket(
            RadiusCode.ACCESS_REQUEST,
            1,
            authenticator,
            List.of(
                new RadiusAttribute(
                    RadiusAttributeType.USER_PASSWORD, SECRET.hidePassword(clear, authenticator))));

    assertThat(UserCredentials.of(request, SECRET)).isEqualTo(new UserCredentials.Pap(clear));
    assertThat(UserCredentials.of(request, SharedSecret.of("other")))
        .isInstanceOf(UserCredentials.Pap.class)
        .isNotEqualTo(new UserCredentials.Pap(clear));
  }

  @Test
  void a_request_with_two_kinds_of_credentials_or_wrong_sizes_is_malformed() {
    List<RadiusAttribute> both = new ArrayList<>();
    both.add(new RadiusAttribute(RadiusAttributeType.USER_PASSWORD, Octets.zeros(16)));
    both.add(new RadiusAttribute(RadiusAttributeType.CHAP_PASSWORD, Octets.zeros(17)));

    assertMalformed(both);
    assertMalformed(
        List.of(new RadiusAttribute(RadiusAttributeType.USER_PASSWORD, Octets.zeros(15))));
    assertMalformed(
        List.of(new RadiusAttribute(RadiusAttributeType.CHAP_PASSWORD, Octets.zeros(16))));
    assertMalformed(
        List.of(
            VendorAttribute.microsoft(VendorAttribute.MS_CHAP2_RESPONSE, Octets.zeros(50))
                .toAttribute()));
  }

  @Test
  void any_attributes_give_credentials_or_a_clean_error() {
    Random random = new Random(20261121);
    for (int i = 0; i < 20_000; i++) {
      List<RadiusAttribute> attributes = new ArrayList<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        byte[] value = new byte[random.nextInt(64)];
        random.nextBytes(value);
        attributes.add(
            random.nextBoolean()
                ? new RadiusAttribute(
                    new RadiusAttributeType(2 + random.nextInt(2)), Octets.of(value))
                : VendorAttribute.microsoft(
                        List.of(1, 11, 25).get(random.nextInt(3)), Octets.of(value))
                    .toAttribute());
      }
      try {
        assertThat(UserCredentials.of(packet(attributes), SECRET)).isNotNull();
      } catch (MalformedMessageException e) {
        assertThat(e.field()).isNotBlank();
      }
    }
  }

  private static void assertMalformed(List<RadiusAttribute> attributes) {
    assertThatThrownBy(() -> UserCredentials.of(packet(attributes), SECRET))
        .isInstanceOf(MalformedMessageException.class);
  }

  private static UserCredentials carried(UserCredentials credentials) throws Exception {
    return UserCredentials.of(packet(credentials.attributes()), SECRET);
  }

  private static RadiusPacket packet(List<RadiusAttribute> attributes) {
    return new RadiusPacket(RadiusCode.ACCESS_REQUEST, 1, Octets.zeros(16), attributes);
  }
}
