package vpnlab.protocol.eap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.CryptoBindingTlv;

/** The example of MS-PEAP, section 4.4.1: a cryptobinding with inner EAP-MSCHAPv2. */
class PeapKeysTest {
  private static final Octets TUNNEL_KEY =
      Octets.ofHex(
          "738BB5F462D58E7ED844E1F00D0EBE50C50A2050DE11997710D65F45FB5FBAB7E3181E924F429738"
              + "DE40C846CDF50BCBF9CEDB1E851D2252453BDF63");
  private static final EapKeys INNER =
      new EapKeys(
          Octets.ofHex("673E961401BEFBA560717B3B5DDD4038"),
          Octets.ofHex("6567F9F416FD3E9DFC71163BDFF2FA95"));
  private static final PeapKeys KEYS = PeapKeys.ofInner(TUNNEL_KEY, INNER);

  @Test
  void IPMK_and_CMK_are_those_of_section_4_4_1_3_2_3() {
    assertThat(KEYS.ipmk())
        .isEqualTo(
            Octets.ofHex(
                "3A911C255473E83E9A0CC333AE1F8A35CDC74163"
                    + "E7F60F6C65EF71C26442AAACA2B6F1EB4F25ECA3"));
    assertThat(KEYS.cmk()).isEqualTo(Octets.ofHex("3355353B6920D074C782E475DFB0999D4DB467EB"));
  }

  @Test
  void the_compound_MACs_of_request_and_response_are_those_of_the_example() {
    CryptoBindingTlv request =
        CryptoBindingTlv.unsigned(
            CryptoBindingTlv.REQUEST,
            Octets.ofHex("BDA7A599FA816521AD3064C2BDDBD16EAA949E7D98A8D7943147CF425D85DA7B"));
    CryptoBindingTlv response =
        CryptoBindingTlv.unsigned(
            CryptoBindingTlv.RESPONSE,
            Octets.ofHex("6C6BA38784237457CCC90B1A908CBDF4711B69994D0CFE8D3DB44ECBCDAD37E9"));

    assertThat(KEYS.compoundMac(request.toTlv()))
        .isEqualTo(Octets.ofHex("0CBF105E91755748224FBB83000626911CFB1B0F"));
    assertThat(KEYS.compoundMac(response.toTlv()))
        .isEqualTo(Octets.ofHex("42E086071D1C8B8C8E458F7021F06A6EAB16B646"));
  }

  @Test
  void the_session_keys_are_those_of_the_example_seen_from_the_server() {
    EapKeys keys = KEYS.sessionKeys();

    // The example is the peer's: it sends with what the server receives with.
    assertThat(keys.receiveKey())
        .isEqualTo(
            Octets.ofHex("6A02D782201BC7138BF8EFF733B496970D7CAB300AC9577278E1DDD5AEF76697"));
    assertThat(keys.sendKey())
        .isEqualTo(
            Octets.ofHex("1752D4E584A1C895039B4D05E3BC9A8484DDC2AA6E2CE162765C4068BFF65A45"));
  }

  @Test
  void after_a_fast_reconnect_both_keys_are_the_tunnel_key() {
    PeapKeys keys = PeapKeys.ofResumed(TUNNEL_KEY);

    assertThat(Octets.concat(keys.ipmk(), keys.cmk())).isEqualTo(TUNNEL_KEY);
  }
}
