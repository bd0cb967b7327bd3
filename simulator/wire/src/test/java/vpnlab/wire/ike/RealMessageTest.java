package vpnlab.wire.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.fixtures.PacketFile;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/**
 * An IKE_SA_INIT request that strongSwan 5.9.8 sent to a UDP socket of ours, with {@code proposals
 * = aes256-sha256-modp2048-ecp256,aes128gcm16-prfsha384-x25519}, on ports of its own.
 */
class RealMessageTest {
  private static final Octets DATAGRAM =
      Octets.of(PacketFile.read("strongswan-ike-sa-init-request"));

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
