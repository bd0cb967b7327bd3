package vpnlab.wire.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/**
 * An IKE_SA_INIT request that strongSwan 5.9.8 sent to a UDP socket of ours, with {@code proposals
 * = aes256-sha256-modp2048-ecp256,aes128gcm16-prfsha384-x25519}, on ports of its own.
 */
class RealMessageTest {
  private static final Octets DATAGRAM =
      Octets.ofHex(
          "00000000b700e3cdcef40c9600000000000000002120220800000000000001fc2200005c02000034"
              + "010100050300000c0100000c800e0100030000080300000c0300000802000005030000080400000e"
              + "000000080400001300000024020100030300000c01000014800e0080030000080200000600000008"
              + "0400001f28000108000e00001a6ce3d00897f087cd6b1d98f208148c4803f46a4cb16661318e212e"
              + "a9a99528b0cdafa75d3721b64a00fb0fb23c006ba164af1867bf8e67ad0041931dd8fa1ecfe85ae0"
              + "13fa19fadbc232140bdd88a19a60a5b76b9f21bbc2dce4f3791f798606f0949685fdc8bf3bfbb523"
              + "c3ed4fee0f571085f60535c70594ae9f187b93aac6570dc7cd444ecbaf903a2b097bb02da55e1afc"
              + "16a7abdc34b304135395fd9136e8999e2de34f3e63fb7c66a9f5ff84657ffcf9560ff90ce9d3b043"
              + "46cdf9a491aa44c06bdeabb67b7816272da3e20d372ea8278d77fcd27672ae2b4c43b68a7d3d66a9"
              + "fcaf1fab1b79063ddc80e2e5cb8e6d8392dc7fe6c5ec1f35cd2a40fc29000024d7c24d68aed64fda"
              + "0def8359e54d285a17dcdf35c121c6f85f86af19903c62982900001c00004004415232b01d03e367"
              + "5444aacd7dafacad2a0d8dc82900001c000040053f440b35675bc2e589d1239b8b62b890afc5c62b"
              + "290000080000402e290000100000402f00020003000400050000000800004016");

  private static IkeMessage message() throws MalformedMessageException {
    return IkeMessage.decode(IkeDatagram.of(DATAGRAM).content());
  }

  @Test
  void it_stands_behind_a_non_esp_marker() {
    assertThat(IkeDatagram.of(DATAGRAM).kind()).isEqualTo(IkeDatagram.Kind.IKE_BEHIND_MARKER);
    assertThat(IkeDatagram.of(DATAGRAM.from(4)).kind()).isEqualTo(IkeDatagram.Kind.IKE);
    assertThat(IkeDatagram.withMarker(DATAGRAM.from(4))).isEqualTo(DATAGRAM);
  }

  @Test
  void its_header_is_read() throws Exception {
    assertThat(message().exchange()).isEqualTo(ExchangeType.IKE_SA_INIT);
    assertThat(message().initiatorSpi()).hasToString("b700e3cdcef40c96");
    assertThat(message().responderSpi()).isEqualTo(IkeSpi.ZERO);
    assertThat(message().fromInitiator()).isTrue();
    assertThat(message().isResponse()).isFalse();
    assertThat(message().header()).isEqualTo(IkeHeader.decode(DATAGRAM.from(4)));
  }

  @Test
  void its_proposals_read_as_they_were_configured() throws Exception {
    List<Proposal> proposals =
        message().first(Payload.SecurityAssociation.class).orElseThrow().proposals();
    assertThat(proposals)
        .extracting(Proposal::describe)
        .containsExactly("aes256-sha256-modp2048-ecp256", "aes128gcm16-prfsha384-curve25519");
    assertThat(proposals.get(0).transforms())
        .extracting(Transform::toString)
        .containsExactly(
            "ENCR_AES_CBC_256",
            "AUTH_HMAC_SHA2_256_128",
            "PRF_HMAC_SHA2_256",
            "MODP_2048",
            "ECP_256");
  }

  @Test
  void its_payloads_are_named() throws Exception {
    assertThat(message())
        .hasToString(
            "IKE_SA_INIT request 0 [ SA KE(MODP_2048) Nonce N(NAT_DETECTION_SOURCE_IP)"
                + " N(NAT_DETECTION_DESTINATION_IP) N(IKEV2_FRAGMENTATION_SUPPORTED)"
                + " N(SIGNATURE_HASH_ALGORITHMS) N(REDIRECT_SUPPORTED) ]");
  }

  @Test
  void it_encodes_to_the_octets_that_it_came_in() throws Exception {
    assertThat(message().encode()).isEqualTo(DATAGRAM.from(4));
  }

  @Test
  void what_is_neither_ike_nor_a_keep_alive_is_esp() {
    assertThat(IkeDatagram.of(Octets.ofHex("ff")).kind()).isEqualTo(IkeDatagram.Kind.KEEP_ALIVE);
    assertThat(IkeDatagram.of(Octets.ofHex("00001000 00000001 aabbccdd")).kind())
        .isEqualTo(IkeDatagram.Kind.ESP);
    assertThat(IkeDatagram.of(DATAGRAM.from(5)).kind()).isEqualTo(IkeDatagram.Kind.ESP);
    assertThat(IkeDatagram.of(Octets.EMPTY).kind()).isEqualTo(IkeDatagram.Kind.ESP);
  }
}
