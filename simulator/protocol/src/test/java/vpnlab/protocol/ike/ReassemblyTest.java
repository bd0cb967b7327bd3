package vpnlab.protocol.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.PayloadType;

/** RFC 7383 section 2.6. */
class ReassemblyTest {
  private final Reassembly reassembly = new Reassembly();

  private Optional<Reassembly.Whole> add(long id, int number, int total, Octets octets) {
    PayloadType first = number == 1 ? PayloadType.EAP : PayloadType.NONE;
    return reassembly.add(
        id, new Payload.EncryptedFragment(first, number, total, Octets.EMPTY), octets);
  }

  private static Octets hex(String hex) {
    return Octets.ofHex(hex);
  }

  @Test
  void fragments_in_any_order_and_twice_make_the_whole() {
    assertThat(add(1, 3, 3, hex("33"))).isEmpty();
    assertThat(add(1, 1, 3, hex("11"))).isEmpty();
    assertThat(add(1, 3, 3, hex("ff"))).isEmpty();
    assertThat(add(1, 2, 3, hex("22")))
        .contains(new Reassembly.Whole(PayloadType.EAP, hex("112233"), 3));
  }

  @Test
  void more_and_smaller_fragments_of_the_same_message_begin_anew_and_fewer_are_ignored() {
    assertThat(add(1, 1, 2, hex("aa"))).isEmpty();
    assertThat(add(1, 1, 3, hex("11"))).isEmpty();
    assertThat(add(1, 2, 2, hex("bb"))).isEmpty();
    assertThat(add(1, 2, 3, hex("22"))).isEmpty();
    assertThat(add(1, 3, 3, hex("33")).map(Reassembly.Whole::inner)).contains(hex("112233"));
  }

  @Test
  void fragments_of_another_message_do_not_mix() {
    assertThat(add(1, 1, 2, hex("aa"))).isEmpty();
    assertThat(add(2, 1, 2, hex("11"))).isEmpty();
    assertThat(add(2, 2, 2, hex("22")).map(Reassembly.Whole::inner)).contains(hex("1122"));
  }

  @Test
  void too_many_fragments_and_too_many_octets_are_not_kept() {
    assertThat(add(1, 1, 60000, hex("aa"))).isEmpty();
    for (int number = 1; number <= 100; number++) {
      assertThat(add(2, number, 100, Octets.zeros(1000))).isEmpty();
    }
  }
}
