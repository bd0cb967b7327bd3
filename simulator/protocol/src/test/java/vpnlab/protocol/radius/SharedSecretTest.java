package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusPacket;

/** Published examples: RFC 2865, section 7, and RFC 5997, section 6. */
class SharedSecretTest {
  private static final SharedSecret SECRET = SharedSecret.of("xyzzy5461");
  private static final Octets TELNET_REQUEST =
      Octets.ofHex(
          """
          01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb
          98 f4 22 7a 01 06 6e 65 6d 6f 02 12 0d be 70 8d
          93 d4 13 ce 31 96 e4 3f 78 2a 0a ee 04 06 c0 a8
          01 10 05 06 00 00 00 03
          """);
  private static final Octets TELNET_ACCEPT =
      Octets.ofHex(
          """
          02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf
          9b 55 e0 b2 06 06 00 00 00 01 0f 06 00 00 00 00
          0e 06 c0 a8 01 03
          """);

  @Test
  void the_password_of_RFC_2865_section_7_1_is_hidden_and_revealed() throws Exception {
    RadiusPacket request = RadiusPacket.decode(TELNET_REQUEST);
    Octets hidden = request.first(RadiusAttributeType.USER_PASSWORD).orElseThrow();
    Octets clear = Octets.ofText("arctangent", StandardCharsets.US_ASCII);

    assertThat(SECRET.hidePassword(clear, request.authenticator())).isEqualTo(hidden);
    assertThat(SECRET.revealPassword(hidden, request.authenticator())).contains(clear);
    assertThat(request.text(RadiusAttributeType.USER_NAME)).contains("nemo");
  }

  @Test
  void the_Response_Authenticator_of_RFC_2865_section_7_1_is_right() throws Exception {
    assertResponse(TELNET_REQUEST, TELNET_ACCEPT);
  }

  @Test
  void the_Response_Authenticator_of_RFC_2865_section_7_2_is_right() throws Exception {
    assertResponse(
        Octets.ofHex(
            """
            01 01 00 47 2a ee 86 f0 8d 0d 55 96 9c a5 97 8e
            0d 33 67 a2 01 08 66 6c 6f 70 73 79 03 13 16 e9
            75 57 c3 16 18 58 95 f2 93 ff 63 44 07 72 75 04
            06 c0 a8 01 10 05 06 00 00 00 14 06 06 00 00 00
            02 07 06 00 00 00 01
            """),
        Octets.ofHex(
            """
            02 01 00 38 15 ef bc 7d ab 26 cf a3 dc 34 d9 c0
            3c 86 01 a4 06 06 00 00 00 02 07 06 00 00 00 01
            08 06 ff ff ff fe 0a 06 00 00 00 02 0d 06 00 00
            00 01 0c 06 00 00 05 dc
            """));
  }

  @Test
  void the_challenge_of_RFC_2865_section_7_3_is_right() throws Exception {
    Octets request =
        Octets.ofHex(
            """
            01 02 00 39 f3 a4 7a 1f 6a 6d 76 71 0b 94 7a b9
            30 41 a0 39 01 07 6d 6f 70 73 79 02 12 33 65 75
            73 77 82 89 b5 70 88 5e 15 08 48 25 c5 04 06 c0
            a8 01 10 05 06 00 00 00 07
            """);
    RadiusPacket asked = RadiusPacket.decode(request);
    Octets hidden = asked.first(RadiusAttributeType.USER_PASSWORD).orElseThrow();

    assertThat(SECRET.revealPassword(hidden, asked.authenticator()))
        .contains(Octets.ofText("challenge", StandardCharsets.US_ASCII));
    assertResponse(
        request,
        Octets.ofHex(
            """
            0b 02 00 4e 36 f3 c8 76 4a e8 c7 11 57 40 3c 0c
            71 ff 9c 45 12 30 43 68 61 6c 6c 65 6e 67 65 20
            33 32 37 36 39 34 33 30 2e 20 20 45 6e 74 65 72
            20 72 65 73 70 6f 6e 73 65 20 61 74 20 70 72 6f
            6d 70 74 2e 18 0a 33 32 37 36 39 34 33 30
            """));
  }

  @Test
  void the_Message_Authenticator_of_RFC_5997_section_6_1_is_right() throws Exception {
    Octets statusServer =
        Octets.ofHex(
            """
            0c da 00 26 8a 54 f4 68 6f b3 94 c5 28 66 e3 02
            18 5d 06 23 50 12 5a 66 5e 2e 1e 84 11 f3 e2 43
            82 20 97 c8 4f a3
            """);
    RadiusPacket packet = RadiusPacket.decode(statusServer);

    assertThat(SECRET.verifyMessageAuthenticator(packet, packet.authenticator())).contains(true);
    assertThat(SharedSecret.of("other").verifyMessageAuthenticator(packet, packet.authenticator()))
        .contains(false);
    assertResponse(
        statusServer, Octets.ofHex("02 da 00 14 ef 0d 55 2a 4b f2 d6 93 ec 2b 6f e8 b5 41 1d 66"));
  }

  @Test
  void passwords_of_every_allowed_length_survive_hiding() {
    Octets authenticator = Octets.ofHex("00112233445566778899aabbccddeeff");
    for (int length = 0; length <= 128; length++) {
      Octets clear = Octets.ofText("x".repeat(length), StandardCharsets.US_ASCII);
      Octets hidden = SECRET.hidePassword(clear, authenticator);

      assertThat(hidden.size() % 16).isZero();
      assertThat(SECRET.revealPassword(hidden, authenticator)).contains(clear);
    }
  }

  @Test
  void keys_of_every_length_survive_encryption_and_need_the_secret() {
    Octets authenticator = Octets.ofHex("00112233445566778899aabbccddeeff");
    Octets salt = Octets.ofHex("8abc");
    for (int length = 0; length <= 64; length++) {
      byte[] key = new byte[length];
      java.util.Arrays.fill(key, (byte) 0x5a);
      Octets value = SECRET.encryptMppeKey(Octets.of(key), salt, authenticator);

      assertThat(value.slice(0, 2)).isEqualTo(salt);
      assertThat(SECRET.decryptMppeKey(value, authenticator)).contains(Octets.of(key));
      if (length > 0) {
        assertThat(SharedSecret.of("other").decryptMppeKey(value, authenticator))
            .isNotEqualTo(java.util.Optional.of(Octets.of(key)));
      }
    }
  }

  private static void assertResponse(Octets request, Octets response)
      throws MalformedMessageException {
    RadiusPacket asked = RadiusPacket.decode(request);
    RadiusPacket answered = RadiusPacket.decode(response);

    assertThat(SECRET.verifyResponseAuthenticator(answered, asked.authenticator())).isTrue();
    assertThat(
            SharedSecret.of("other").verifyResponseAuthenticator(answered, asked.authenticator()))
        .isFalse();
    assertThat(asked.encode()).isEqualTo(request);
    assertThat(answered.encode()).isEqualTo(response);
  }
}
