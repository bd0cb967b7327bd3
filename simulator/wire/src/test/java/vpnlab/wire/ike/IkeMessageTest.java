package vpnlab.wire.ike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/** RFC 7296 section 3 and RFC 7383 section 2.5. */
class IkeMessageTest {
  private static final int MUTATIONS = Integer.getInteger("vpnlab.mutations", 50_000);

  @Test
  void every_message_comes_back_as_it_was_encoded() throws Exception {
    IkeMessageGenerator generator = new IkeMessageGenerator(1);
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      IkeMessage message = generator.message();
      message.payloads().forEach(payload -> kinds.add(payload.getClass()));
      assertThat(IkeMessage.decode(message.encode())).isEqualTo(message);
    }
    assertThat(kinds).hasSameSizeAs(Payload.class.getPermittedSubclasses());
  }

  @Test
  void mutated_octets_give_the_same_octets_back_or_a_clean_error() {
    IkeMessageGenerator generator = new IkeMessageGenerator(2);
    int decoded = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Octets octets = generator.mutated(generator.message().encode());
      try {
        IkeMessage message = IkeMessage.decode(octets);
        assertThat(message.encode()).isEqualTo(octets);
        assertThat(message.toString()).isNotEmpty();
        decoded++;
      } catch (MalformedMessageException e) {
        refused++;
      }
    }
    assertThat(decoded).isGreaterThan(MUTATIONS / 20);
    assertThat(refused).isGreaterThan(MUTATIONS / 20);
  }

  private static Octets informational(String payloads) {
    Octets body = Octets.ofHex(payloads.substring(2));
    return Octets.concat(
        new IkeHeader(
                new IkeSpi(1),
                new IkeSpi(2),
                new PayloadType(Integer.parseInt(payloads.substring(0, 2), 16)),
                IkeHeader.VERSION_2_0,
                ExchangeType.INFORMATIONAL,
                0,
                7,
                IkeHeader.SIZE + body.size())
            .encode(),
        body);
  }

  @ParameterizedTest
  @CsvSource({
    "28 00000003, 'payload 1 (Nonce) / length is 3, less than 4'",
    "28 00000008 aabbccdd, 'payload 1 (Nonce) has 4 octets, must have 16 to 256'",
    "28 00000020 aabbccdd, 'payload 1 (Nonce) / body needs 28 octets, but 4 are left'",
    "21 0000000c 00000009 01010001, 'payload 1 (SA) / proposal 1 needs 5 octets, but 4 are left'",
    "21 0000000c 01000008 01010000, 'payload 1 (SA) / proposal 1 / last substructure is 1, must be 0"
        + " or 2'",
    "35 0000000c 00000001 aabbccdd, 'payload 1 (SKF) is fragment 0 of 1'",
    "35 0000000c 00030002 aabbccdd, 'payload 1 (SKF) is fragment 3 of 2'",
    "2a 0000000c 03000001 aabbccdd, 'payload 1 (D) lists 1 SPIs of no octets'",
    "2c 00000010 01000000 07000008 00000000, 'payload 1 (TSi) / selector 1 has the length 8 for"
        + " TS_IPV4_ADDR_RANGE'",
    "2b 00000005 aa 00, 'the last payload is followed by 1 stray octets'",
    "2e 2b000008 aabbccdd 00000004, 'the last payload is followed by 4 stray octets'"
  })
  void an_error_says_which_field_is_wrong_and_how(String payloads, String problem) {
    assertThatThrownBy(() -> IkeMessage.decode(informational(payloads)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage(problem);
  }

  @Test
  void another_major_version_and_a_wrong_length_are_refused() {
    Octets good = informational("00");
    byte[] ikev1 = good.toArray();
    ikev1[17] = 0x10;
    assertThatThrownBy(() -> IkeMessage.decode(Octets.of(ikev1)))
        .hasMessage("version is 1, must be 2");
    assertThatThrownBy(() -> IkeMessage.decode(Octets.concat(good, Octets.zeros(1))))
        .hasMessage("length is 28, but the datagram has 29");
  }

  @Test
  void reserved_bits_change_the_octets_but_not_the_meaning() throws Exception {
    Octets octets = informational("27 00 55 000a 02 aabbcc 1122");
    IkeMessage message = IkeMessage.decode(octets);
    assertThat(message.first(Payload.Authentication.class))
        .contains(
            new Payload.Authentication(
                AuthMethod.SHARED_KEY_MESSAGE_INTEGRITY_CODE, Octets.ofHex("1122")));
    assertThat(message.payloads().get(0).body()).isEqualTo(Octets.ofHex("02aabbcc1122"));
    assertThat(message.encode()).isEqualTo(octets);
  }

  @Test
  void an_unknown_payload_keeps_its_octets_and_whether_it_is_critical() throws Exception {
    IkeMessage message = IkeMessage.decode(informational("c8 c9 80 0006 1234 00 00 0005 ff"));
    assertThat(message.payloads())
        .containsExactly(
            new Payload.Unknown(new PayloadType(200), true, Octets.ofHex("1234")),
            new Payload.Unknown(new PayloadType(201), false, Octets.ofHex("ff")));
  }

  @Test
  void unknown_codes_keep_their_number_and_known_ones_print_their_name() {
    assertThat(new NotifyType(12345)).hasToString("MS_NOTIFY_STATUS").matches(NotifyType::isError);
    assertThat(new NotifyType(16430)).hasToString("IKEV2_FRAGMENTATION_SUPPORTED");
    assertThat(new NotifyType(40000)).hasToString("NOTIFY(40000)");
    assertThat(new ExchangeType(34)).isEqualTo(ExchangeType.IKE_SA_INIT);
    assertThat(new ExchangeType(99)).hasToString("EXCHANGE(99)");
    assertThat(TransformId.dh(99)).hasToString("DH_99");
    assertThat(Transform.of(new TransformId(TransformType.ENCR, 77), 128).keyword())
        .isEqualTo("encr_77");
  }

  @Test
  void identities_print_as_people_write_them() throws Exception {
    assertThat(Identity.fqdn("vpn.example")).hasToString("vpn.example");
    assertThat(Identity.address(java.net.InetAddress.getByName("192.0.2.1")))
        .hasToString("192.0.2.1");
    Octets dn =
        Octets.of(new javax.security.auth.x500.X500Principal("CN=laptop,O=Corp").getEncoded());
    assertThat(Identity.distinguishedName(dn)).hasToString("CN=laptop,O=Corp");
    assertThat(Identity.distinguishedName(Octets.ofHex("ffff"))).hasToString("0xffff");
    assertThat(new Identity(IdType.ID_IPV4_ADDR, Octets.ofHex("01"))).hasToString("0x01");
  }

  @Test
  void a_certificate_request_lists_key_hashes() {
    Octets first = Octets.ofHex("11".repeat(20));
    Octets second = Octets.ofHex("22".repeat(20));
    assertThat(Payload.CertificateRequest.of(List.of(first, second)).keyHashes())
        .containsExactly(first, second);
  }
}
