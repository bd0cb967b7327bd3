package vpnlab.protocol.mschap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vpnlab.wire.Octets;

/** RFC 2759, section 9.2: "Hash Example". */
class MsChapV2Test {
  private static final String USER = "User";
  private static final Octets AUTHENTICATOR_CHALLENGE =
      Octets.ofHex("5B 5D 7C 7D 7B 3F 2F 3E 3C 2C 60 21 32 26 26 28");
  private static final Octets PEER_CHALLENGE =
      Octets.ofHex("21 40 23 24 25 5E 26 2A 28 29 5F 2B 3A 33 7C 7E");
  private static final Octets HASH =
      Octets.ofHex("44 EB BA 8D 53 12 B8 D6 11 47 44 11 F5 69 89 AE");
  private static final Octets NT_RESPONSE =
      Octets.ofHex("82 30 9E CD 8D 70 8B 5E A0 8F AA 39 81 CD 83 54 42 33 11 4A 3D 85 D6 DF");

  @Test
  void the_hash_of_clientPass_is_that_of_RFC_2759() {
    assertThat(MsChapV2.ntPasswordHash("clientPass")).isEqualTo(HASH);
    assertThat(MsChapV2.hashNtPasswordHash(HASH))
        .isEqualTo(Octets.ofHex("41 C0 0C 58 4B D2 D9 1C 40 17 A2 A1 2F A5 9F 3F"));
  }

  @Test
  void the_challenge_hash_is_that_of_RFC_2759() {
    assertThat(MsChapV2.challengeHash(PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, USER))
        .isEqualTo(Octets.ofHex("D0 2E 43 86 BC E9 12 26"));
  }

  @Test
  void the_NT_response_is_that_of_RFC_2759() {
    assertThat(MsChapV2.generateNtResponse(AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE, USER, HASH))
        .isEqualTo(NT_RESPONSE);
  }

  @Test
  void the_authenticator_response_is_that_of_RFC_2759() {
    assertThat(
            MsChapV2.generateAuthenticatorResponse(
                HASH, NT_RESPONSE, PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, USER))
        .isEqualTo(Octets.ofHex("407A5589115FD0D6209F510FE9C04566932CDA56"));
  }

  @Test
  void a_domain_in_front_of_the_name_does_not_enter_the_challenge_hash() {
    assertThat(MsChapV2.challengeHash(PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, "CORP\\User"))
        .isEqualTo(MsChapV2.challengeHash(PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, USER));
  }

  @Test
  void the_key_of_the_128_bit_example_is_that_of_RFC_3079_section_3_5_3() {
    Octets master = MppeKeyDerivation.masterKey(HASH, NT_RESPONSE);

    assertThat(master).isEqualTo(Octets.ofHex("FD EC E3 71 7A 8C 83 8C B3 88 E5 27 AE 3C DD 31"));
    assertThat(MppeKeyDerivation.asymmetricStartKey(master, 16, true, true))
        .isEqualTo(Octets.ofHex("8B 7C DC 14 9B 99 3A 1B A1 18 CB 15 3F 56 DC CB"));
  }

  @Test
  void the_key_of_the_40_bit_example_is_that_of_RFC_3079_section_3_5_1() {
    Octets master = MppeKeyDerivation.masterKey(HASH, NT_RESPONSE);

    assertThat(MppeKeyDerivation.asymmetricStartKey(master, 8, true, true))
        .isEqualTo(Octets.ofHex("8B 7C DC 14 9B 99 3A 1B"));
  }

  @Test
  void what_the_client_sends_with_is_what_the_server_receives_with() {
    Octets master = MppeKeyDerivation.masterKey(HASH, NT_RESPONSE);

    assertThat(MppeKeyDerivation.asymmetricStartKey(master, 16, true, false))
        .isEqualTo(MppeKeyDerivation.asymmetricStartKey(master, 16, false, true))
        .isNotEqualTo(MppeKeyDerivation.asymmetricStartKey(master, 16, true, true));
  }
}
