package vpnlab.wire.radius;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/** RFC 2548, sections 2.1 and 2.3. */
class MsChapAttributesTest {
  private static final int RUNS = 20_000;
  private final Random random = new Random(20261121);

  @Test
  void an_MS_CHAP_Error_is_the_identifier_and_its_text() throws Exception {
    // As NPS wrote it into a log: identifier 0 and E=691 R=0 V=3.
    Octets value = Octets.ofHex("00453D36393120523D3020563D33");

    assertThat(IdentifiedText.decode(value)).isEqualTo(IdentifiedText.of(0, "E=691 R=0 V=3"));
    assertThat(IdentifiedText.decode(value).text()).isEqualTo("E=691 R=0 V=3");
  }

  @Test
  void every_MS_CHAP_Response_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      MsChapResponse response = new MsChapResponse(octet(), octet(), octets(24), octets(24));
      assertThat(MsChapResponse.decode(response.encode())).isEqualTo(response);
    }
  }

  @Test
  void every_MS_CHAP2_Response_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      MsChap2Response response =
          new MsChap2Response(octet(), octet(), octets(16), octets(8), octets(24));
      assertThat(MsChap2Response.decode(response.encode())).isEqualTo(response);
    }
  }

  @Test
  void every_identified_text_survives_its_encoding() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      IdentifiedText text = new IdentifiedText(octet(), octets(random.nextInt(60)));
      assertThat(IdentifiedText.decode(text.encode())).isEqualTo(text);
    }
  }

  @Test
  void responses_have_50_octets_and_nothing_else_is_one() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      Octets octets = octets(random.nextInt(60));
      if (octets.size() == 50) {
        assertThat(MsChapResponse.decode(octets).encode()).isEqualTo(octets);
        assertThat(MsChap2Response.decode(octets).encode()).isEqualTo(octets);
      } else {
        assertThatThrownBy(() -> MsChapResponse.decode(octets))
            .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> MsChap2Response.decode(octets))
            .isInstanceOf(MalformedMessageException.class);
      }
    }
    assertThatThrownBy(() -> IdentifiedText.decode(Octets.EMPTY))
        .isInstanceOf(MalformedMessageException.class);
  }

  private int octet() {
    return random.nextInt(256);
  }

  private Octets octets(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }
}
