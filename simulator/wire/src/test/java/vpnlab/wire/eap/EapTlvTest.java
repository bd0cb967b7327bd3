package vpnlab.wire.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

class EapTlvTest {
  private static final int RUNS = 10_000;
  private final Random random = new Random(20261121);

  @Test
  void a_Result_TLV_is_mandatory_and_says_success_with_1() throws Exception {
    assertThat(EapTlv.result(true).encode()).isEqualTo(Octets.ofHex("8003 0002 0001"));
    assertThat(EapTlv.result(false).encode()).isEqualTo(Octets.ofHex("8003 0002 0002"));
    assertThat(EapTlv.resultOf(List.of(EapTlv.result(true)))).contains(true);
    assertThat(EapTlv.resultOf(List.of(EapTlv.result(false)))).contains(false);
    assertThat(EapTlv.resultOf(List.of())).isEmpty();
  }

  @Test
  void the_crypto_binding_request_of_MS_PEAP_section_4_4_1_is_read_and_written() throws Exception {
    Octets example =
        Octets.ofHex(
            "000C 0038 00000000"
                + "BDA7A599FA816521AD3064C2BDDBD16EAA949E7D98A8D7943147CF425D85DA7B"
                + "0CBF105E91755748224FBB83000626911CFB1B0F");

    List<EapTlv> tlvs = EapTlv.decodeAll(example);
    CryptoBindingTlv binding = CryptoBindingTlv.decode(tlvs.get(0).value());

    assertThat(tlvs).hasSize(1);
    assertThat(tlvs.get(0).type()).isEqualTo(EapTlvType.CRYPTO_BINDING);
    assertThat(binding.subtype()).isEqualTo(CryptoBindingTlv.REQUEST);
    assertThat(binding.toTlv().encode()).isEqualTo(example);
  }

  @Test
  void a_status_that_is_neither_success_nor_failure_and_two_results_are_errors() {
    EapTlv three = new EapTlv(true, false, EapTlvType.RESULT, Octets.ofHex("0003"));

    assertThatThrownBy(() -> EapTlv.resultOf(List.of(three)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("status is 3");
    assertThatThrownBy(() -> EapTlv.resultOf(List.of(EapTlv.result(true), EapTlv.result(false))))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void every_list_of_TLVs_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      List<EapTlv> tlvs = anyTlvs();
      assertThat(EapTlv.decodeAll(EapTlv.encodeAll(tlvs))).isEqualTo(tlvs);
    }
  }

  @Test
  void every_crypto_binding_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      CryptoBindingTlv binding = anyBinding();
      assertThat(CryptoBindingTlv.decode(binding.encode())).isEqualTo(binding);
      assertThat(binding.encode().size()).isEqualTo(56);
    }
  }

  @Test
  void any_octets_give_TLVs_or_a_clean_error_and_TLVs_write_them_back() {
    for (int i = 0; i < RUNS; i++) {
      check(octets(random.nextInt(80)));
      check(mutated(EapTlv.encodeAll(anyTlvs())));
      check(mutated(anyBinding().encode()));
    }
  }

  private static void check(Octets octets) {
    try {
      List<EapTlv> tlvs = EapTlv.decodeAll(octets);
      assertThat(EapTlv.encodeAll(tlvs)).isEqualTo(octets);
      assertThat(EapTlv.resultOf(tlvs)).isNotNull();
    } catch (MalformedMessageException e) {
      assertThat(e.field()).isNotBlank();
    }
    try {
      assertThat(CryptoBindingTlv.decode(octets).encode()).isEqualTo(octets);
    } catch (MalformedMessageException e) {
      assertThat(e.field()).isNotBlank();
    }
  }

  private List<EapTlv> anyTlvs() {
    List<EapTlv> tlvs = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      tlvs.add(
          switch (random.nextInt(4)) {
            case 0 -> EapTlv.result(random.nextBoolean());
            case 1 -> anyBinding().toTlv();
            case 2 -> EapTlv.nak(new EapTlvType(random.nextInt(1 << 14)));
            default ->
                new EapTlv(
                    random.nextBoolean(),
                    random.nextBoolean(),
                    new EapTlvType(random.nextInt(1 << 14)),
                    octets(random.nextInt(20)));
          });
    }
    return tlvs;
  }

  private CryptoBindingTlv anyBinding() {
    return new CryptoBindingTlv(
        random.nextInt(256),
        random.nextInt(256),
        random.nextInt(256),
        random.nextInt(256),
        octets(32),
        octets(20));
  }

  private Octets mutated(Octets octets) {
    byte[] bytes = octets.toArray();
    for (int n = random.nextInt(3); n >= 0 && bytes.length > 0; n--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return Octets.of(
        bytes, 0, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length);
  }

  private Octets octets(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }
}
