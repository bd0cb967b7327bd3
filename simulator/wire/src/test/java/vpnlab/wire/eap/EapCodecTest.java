package vpnlab.wire.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

class EapCodecTest {
  private static final int RUNS = 10_000;
  private final Random random = new Random(20261121);

  @Test
  void an_Identity_Response_is_written_as_in_RFC_3748_section_4_1() throws Exception {
    EapPacket packet = EapPacket.identityResponse(5, "bob");

    assertThat(packet.encode()).isEqualTo(Octets.ofHex("02 05 0008 01 626f62"));
    assertThat(EapPacket.decode(packet.encode())).isEqualTo(packet);
  }

  @Test
  void octets_behind_the_Length_are_padding() throws Exception {
    assertThat(EapPacket.decode(Octets.ofHex("03 05 0004 ffff"))).isEqualTo(EapPacket.success(5));
  }

  @Test
  void an_expanded_type_of_vendor_0_is_the_same_method() throws Exception {
    EapPacket expanded = EapPacket.decode(Octets.ofHex("01 05 000d fe 000000 0000001a 01"));

    assertThat(expanded.isOfType(EapType.MSCHAPV2)).isTrue();
    assertThat(expanded.encode()).isEqualTo(Octets.ofHex("01 05 000d fe 000000 0000001a 01"));
  }

  @Test
  void a_packet_that_is_cut_short_names_the_field() {
    assertThatThrownBy(() -> EapPacket.decode(Octets.ofHex("01 05 0006 01")))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("EAP packet of length 6");
  }

  @Test
  void every_EAP_packet_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      EapPacket packet = anyPacket();
      assertThat(EapPacket.decode(packet.encode())).isEqualTo(packet);
    }
  }

  @Test
  void every_Nak_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      boolean expanded = random.nextBoolean();
      List<EapType> types = new ArrayList<>();
      for (int n = 0; n <= random.nextInt(5); n++) {
        types.add(
            expanded
                ? EapType.expanded(random.nextInt(1 << 24), random.nextLong(1L << 32))
                : EapType.of(random.nextInt(254)));
      }
      EapNak nak = new EapNak(expanded, types);
      EapPacket packet = EapPacket.decode(nak.toResponse(9).encode());
      assertThat(EapNak.isNak(packet)).isTrue();
      assertThat(EapNak.decode(packet)).isEqualTo(nak);
    }
  }

  @Test
  void every_MS_CHAPv2_packet_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      MsChapV2Packet packet = anyMsChapV2();
      assertThat(MsChapV2Packet.decode(packet.encode())).isEqualTo(packet);
    }
  }

  @Test
  void every_EAP_TLS_packet_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      int flags = random.nextInt(256);
      OptionalLong length =
          (flags & EapTlsPacket.LENGTH_INCLUDED) == 0
              ? OptionalLong.empty()
              : OptionalLong.of(random.nextLong(1L << 32));
      EapTlsPacket packet = new EapTlsPacket(flags, length, octets(random.nextInt(50)));
      assertThat(EapTlsPacket.decode(packet.encode())).isEqualTo(packet);
    }
  }

  @Test
  void every_failure_message_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      MsChapV2FailureMessage message =
          new MsChapV2FailureMessage(
              random.nextInt(1_000_000_000),
              random.nextBoolean(),
              random.nextBoolean() ? octets(16) : Octets.EMPTY,
              random.nextBoolean() ? OptionalInt.of(random.nextInt(100)) : OptionalInt.empty(),
              random.nextBoolean() ? "" : "E=1 R=1 M=x " + random.nextInt());
      assertThat(MsChapV2FailureMessage.decode(message.encode())).isEqualTo(message);
    }
  }

  @Test
  void every_success_message_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      MsChapV2SuccessMessage message =
          new MsChapV2SuccessMessage(octets(20), random.nextBoolean() ? "" : "Welcome M=x");
      assertThat(MsChapV2SuccessMessage.decode(message.encode())).isEqualTo(message);
    }
  }

  @Test
  void the_failure_message_of_RFC_2759_section_9_1_5_is_understood() throws Exception {
    MsChapV2FailureMessage message =
        failure("E=648 R=1 C=" + "0123456789ABCDEF".repeat(2) + " V=3 M=Password expired");

    assertThat(message.error()).isEqualTo(MsChapV2FailureMessage.PASSWD_EXPIRED);
    assertThat(message.retryAllowed()).isTrue();
    assertThat(message.challenge()).isEqualTo(Octets.ofHex("0123456789ABCDEF".repeat(2)));
    assertThat(message.version()).hasValue(3);
    assertThat(message.message()).isEqualTo("Password expired");
  }

  @Test
  void a_failure_message_may_leave_out_all_but_the_error() throws Exception {
    assertThat(failure("E=691"))
        .isEqualTo(new MsChapV2FailureMessage(691, false, Octets.EMPTY, OptionalInt.empty(), ""));
    assertThatThrownBy(() -> failure("R=1 E=691")).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void fields_inside_the_text_of_a_failure_message_are_not_fields() throws Exception {
    assertThat(failure("E=691 R=0 M=try R=1 V=9").retryAllowed()).isFalse();
  }

  @Test
  void any_octets_give_a_packet_or_a_clean_error_and_a_packet_writes_them_back() {
    for (int i = 0; i < RUNS; i++) {
      Octets octets = octets(random.nextInt(80));
      decodeAll(octets);
      decodeAll(mutated(anyPacket().encode()));
      decodeAll(mutated(anyMsChapV2().encode()));
    }
  }

  private static void decodeAll(Octets octets) {
    try {
      EapPacket packet = EapPacket.decode(octets);
      Octets again = packet.encode();
      assertThat(octets.startsWith(again)).as("%s", octets.toHex()).isTrue();
      if (EapNak.isNak(packet)) {
        EapNak nak = EapNak.decode(packet);
        assertThat(nak.alternatives()).isNotNull();
      }
    } catch (MalformedMessageException e) {
      assertThat(e.field()).isNotBlank();
    }
    try {
      assertThat(MsChapV2Packet.decode(octets).encode()).isEqualTo(octets);
    } catch (MalformedMessageException e) {
      assertThat(e.field()).isNotBlank();
    }
    try {
      assertThat(EapTlsPacket.decode(octets).encode()).isEqualTo(octets);
    } catch (MalformedMessageException e) {
      assertThat(e.field()).isNotBlank();
    }
    decodeMessages(octets);
  }

  private static void decodeMessages(Octets octets) {
    for (String prefix : new String[] {"", "S=", "E=", "E=691 R=1 C="}) {
      Octets text = Octets.concat(Octets.ofText(prefix, StandardCharsets.UTF_8), octets);
      try {
        assertThat(MsChapV2SuccessMessage.decode(text).message()).isNotNull();
      } catch (MalformedMessageException e) {
        assertThat(e.field()).isNotBlank();
      }
      try {
        assertThat(MsChapV2FailureMessage.decode(text).error()).isNotNegative();
      } catch (MalformedMessageException e) {
        assertThat(e.field()).isNotBlank();
      }
    }
  }

  private EapPacket anyPacket() {
    EapCode code =
        new EapCode(random.nextInt(4) == 0 ? random.nextInt(256) : 1 + random.nextInt(4));
    if (!code.hasType()) {
      boolean bare = code.equals(EapCode.SUCCESS) || code.equals(EapCode.FAILURE);
      return new EapPacket(
          code,
          random.nextInt(256),
          Optional.empty(),
          bare ? Octets.EMPTY : octets(random.nextInt(20)));
    }
    EapType type =
        random.nextInt(4) == 0
            ? EapType.expanded(random.nextInt(1 << 24), random.nextLong(1L << 32))
            : EapType.of(random.nextInt(254));
    return new EapPacket(code, random.nextInt(256), Optional.of(type), octets(random.nextInt(60)));
  }

  private MsChapV2Packet anyMsChapV2() {
    int id = random.nextInt(256);
    Octets rest = octets(random.nextInt(30));
    return switch (random.nextInt(7)) {
      case 0 -> new MsChapV2Packet.Challenge(id, octets(16), rest);
      case 1 ->
          new MsChapV2Packet.Response(
              id, octets(16), octets(8), octets(24), random.nextInt(256), rest);
      case 2 -> new MsChapV2Packet.SuccessRequest(id, rest);
      case 3 -> new MsChapV2Packet.FailureRequest(id, rest);
      case 4 -> new MsChapV2Packet.SuccessResponse();
      case 5 -> new MsChapV2Packet.FailureResponse();
      default -> new MsChapV2Packet.Other(5 + random.nextInt(251), rest);
    };
  }

  private Octets mutated(Octets octets) {
    byte[] bytes = octets.toArray();
    for (int n = 0; n <= random.nextInt(3) && bytes.length > 0; n++) {
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

  private static MsChapV2FailureMessage failure(String text) throws MalformedMessageException {
    return MsChapV2FailureMessage.decode(Octets.ofText(text, StandardCharsets.UTF_8));
  }
}
