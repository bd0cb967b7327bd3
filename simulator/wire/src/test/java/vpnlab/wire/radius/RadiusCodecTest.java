package vpnlab.wire.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

class RadiusCodecTest {
  private static final int RUNS = 20_000;
  private final Random random = new Random(20261121);

  @Test
  void a_long_EAP_packet_is_cut_at_253_octets_and_joined_again() {
    for (int size : new int[] {0, 1, 252, 253, 254, 506, 507, 1500}) {
      Octets eap = octets(size);
      List<RadiusAttribute> attributes = RadiusPacket.eapMessageAttributes(eap);
      RadiusPacket packet =
          new RadiusPacket(RadiusCode.ACCESS_REQUEST, 1, Octets.zeros(16), attributes);

      assertThat(attributes).hasSize(Math.max(1, (size + 252) / 253));
      assertThat(packet.eapMessage()).contains(eap);
    }
  }

  @Test
  void a_packet_without_EAP_Message_has_none() {
    RadiusPacket packet =
        new RadiusPacket(RadiusCode.ACCESS_REQUEST, 1, Octets.zeros(16), List.of());

    assertThat(packet.eapMessage()).isEmpty();
  }

  @Test
  void Microsoft_attributes_are_found_and_those_of_other_vendors_left_alone() {
    RadiusAttribute ours =
        VendorAttribute.microsoft(VendorAttribute.MS_CHAP2_SUCCESS, Octets.ofHex("01"))
            .toAttribute();
    RadiusAttribute other = new VendorAttribute(9, 26, Octets.ofHex("02")).toAttribute();
    RadiusAttribute formless =
        new RadiusAttribute(RadiusAttributeType.VENDOR_SPECIFIC, Octets.ofHex("00000137 1a"));
    RadiusPacket packet =
        new RadiusPacket(
            RadiusCode.ACCESS_ACCEPT, 1, Octets.zeros(16), List.of(other, formless, ours));

    assertThat(ours.value()).isEqualTo(Octets.ofHex("00000137 1a 03 01"));
    assertThat(packet.microsoft(VendorAttribute.MS_CHAP2_SUCCESS)).contains(Octets.ofHex("01"));
    assertThat(packet.microsoft(VendorAttribute.MS_CHAP_ERROR)).isEmpty();
  }

  @Test
  void octets_behind_the_Length_are_padding() throws Exception {
    RadiusPacket packet =
        new RadiusPacket(RadiusCode.ACCESS_REJECT, 1, Octets.zeros(16), List.of());

    assertThat(RadiusPacket.decode(Octets.concat(packet.encode(), octets(7)))).isEqualTo(packet);
  }

  @Test
  void lengths_that_cannot_be_are_named() {
    assertThatThrownBy(() -> RadiusPacket.decode(Octets.ofHex("01 01 0013" + "00".repeat(16))))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("RADIUS Length is 19, not 20 to 4096");
    assertThatThrownBy(
            () -> RadiusPacket.decode(Octets.ofHex("01 01 0016" + "00".repeat(16) + "01 01")))
        .hasMessage("RADIUS User-Name length is 1");
    assertThatThrownBy(
            () -> RadiusPacket.decode(Octets.ofHex("01 01 0016" + "00".repeat(16) + "01 03")))
        .hasMessageContaining("RADIUS User-Name needs 1 octets");
  }

  @Test
  void a_packet_over_4096_octets_is_not_written() {
    RadiusPacket packet =
        new RadiusPacket(
            RadiusCode.ACCESS_REQUEST,
            1,
            Octets.zeros(16),
            RadiusPacket.eapMessageAttributes(octets(4096)));

    assertThatThrownBy(packet::encode).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void every_packet_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      RadiusPacket packet = anyPacket();
      assertThat(RadiusPacket.decode(packet.encode())).isEqualTo(packet);
    }
  }

  @Test
  void every_vendor_attribute_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      VendorAttribute attribute =
          new VendorAttribute(
              random.nextLong(1L << 32), random.nextInt(256), octets(random.nextInt(248)));
      assertThat(VendorAttribute.decode(attribute.toAttribute())).containsExactly(attribute);
    }
  }

  @Test
  void any_octets_give_a_packet_or_a_clean_error_and_a_packet_writes_them_back() {
    for (int i = 0; i < RUNS; i++) {
      assertDecodes(octets(random.nextInt(100)));
      assertDecodes(mutated(anyPacket().encode()));
    }
  }

  private static void assertDecodes(Octets octets) {
    try {
      RadiusPacket packet = RadiusPacket.decode(octets);
      assertThat(octets.startsWith(packet.encode())).as("%s", octets.toHex()).isTrue();
      assertThat(packet.vendorAttributes(VendorAttribute.MICROSOFT)).isNotNull();
      assertThat(packet.eapMessage().isPresent())
          .isEqualTo(packet.has(RadiusAttributeType.EAP_MESSAGE));
    } catch (MalformedMessageException e) {
      assertThat(e.field()).isNotBlank();
    }
  }

  private RadiusPacket anyPacket() {
    List<RadiusAttribute> attributes = new ArrayList<>();
    for (int n = random.nextInt(8); n > 0; n--) {
      int type = random.nextInt(3) == 0 ? 26 : random.nextInt(256);
      attributes.add(
          new RadiusAttribute(new RadiusAttributeType(type), octets(random.nextInt(254))));
    }
    return new RadiusPacket(
        new RadiusCode(random.nextInt(256)), random.nextInt(256), octets(16), attributes);
  }

  private Octets mutated(Octets octets) {
    byte[] bytes = octets.toArray();
    for (int n = 0; n <= random.nextInt(3); n++) {
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
