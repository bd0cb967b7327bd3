package vpnlab.wire.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

class LdapCodecTest {
  private static final int RUNS = 20_000;
  private final Random random = new Random(20261121);
  private final LdapMessageGenerator generator = new LdapMessageGenerator(random);

  @Test
  void an_encoded_message_decodes_to_itself() throws Exception {
    for (int i = 0; i < RUNS; i++) {
      LdapMessage message = generator.message();
      assertThat(LdapMessage.decode(message.encode())).isEqualTo(message);
    }
  }

  @Test
  void mutated_octets_give_a_message_or_a_complaint_and_nothing_else() {
    int read = 0;
    for (int i = 0; i < RUNS; i++) {
      byte[] bytes = generator.message().encode().toArray();
      for (int j = random.nextInt(4); j >= 0; j--) {
        bytes[random.nextInt(Math.min(bytes.length, 60))] = (byte) random.nextInt();
      }
      Octets cut = Octets.of(bytes, 0, bytes.length - random.nextInt(2) * random.nextInt(2));
      try {
        LdapMessage message = LdapMessage.decode(cut);
        assertThat(LdapMessage.decode(message.encode())).isEqualTo(message);
        read++;
      } catch (MalformedMessageException e) {
        assertThat(e.field()).isNotEmpty();
      }
    }
    assertThat(read).isBetween(1, RUNS - 1);
  }

  @Test
  void arbitrary_octets_give_a_complaint() {
    for (int i = 0; i < RUNS; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      try {
        LdapMessage.decode(Octets.of(bytes));
      } catch (MalformedMessageException e) {
        assertThat(e.field()).isNotEmpty();
      }
    }
  }

  /** RFC 4511 section 5.1, with the lengths that Active Directory writes. */
  @Test
  void a_length_may_be_written_longer_than_it_need_be() throws Exception {
    LdapMessage unbind = LdapMessage.of(7, new LdapOperation.UnbindRequest());

    assertThat(unbind.encode()).isEqualTo(Octets.ofHex("3005 020107 4200"));
    assertThat(LdapMessage.decode(Octets.ofHex("308400000005 020107 4200"))).isEqualTo(unbind);
  }

  /** The encoding of RFC 4511 appendix B, worked out by hand from X.690. */
  @Test
  void a_bind_request_has_the_octets_of_the_standard() {
    LdapMessage bind =
        LdapMessage.of(
            1,
            new LdapOperation.BindRequest(
                3, "cn=a", new BindCredentials.Simple(Octets.ofHex("70"))));

    assertThat(bind.encode())
        .isEqualTo(Octets.ofHex("3011 020101 600c 020103 0404636e3d61 800170"));
  }

  @Test
  void what_RFC_4511_forbids_of_BER_is_refused() {
    // An indefinite length, a padded integer, a true that is not 0xff, text that is not UTF-8.
    for (String hex :
        List.of(
            "3080 020107 4200 0000",
            "3006 02020007 4200",
            "3005 0201ff 4200",
            "3011 020101 600c 020103 0404ff6e3d61 800170",
            "3005 020107 4201",
            "3005 020107 4200 00",
            "3005 020107 1f00")) {
      assertThatThrownBy(() -> LdapMessage.decode(Octets.ofHex(hex)))
          .as(hex)
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  @Test
  void a_filter_nested_without_end_is_refused() {
    Octets filter = Octets.ofHex("8700");
    for (int i = 0; i < 2000; i++) {
      filter = BerElement.of(0xa2, filter).encode();
    }
    Octets search =
        new BerSequence()
            .text(BerElement.OCTET_STRING, "")
            .integer(BerElement.ENUMERATED, 0)
            .integer(BerElement.ENUMERATED, 0)
            .integer(BerElement.INTEGER, 0)
            .integer(BerElement.INTEGER, 0)
            .bool(BerElement.BOOLEAN, false)
            .as(0x63)
            .content();
    Octets message =
        new BerSequence()
            .integer(BerElement.INTEGER, 1)
            .add(BerElement.of(0x63, Octets.concat(search, filter)))
            .as(BerElement.SEQUENCE)
            .encode();

    assertThatThrownBy(() -> LdapMessage.decode(message))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("nested");
  }

  @Test
  void a_stream_gives_the_messages_however_it_is_cut() throws Exception {
    for (int run = 0; run < 300; run++) {
      List<LdapMessage> sent = new ArrayList<>();
      Octets all = Octets.EMPTY;
      for (int i = 0; i < 5; i++) {
        LdapMessage message = generator.message();
        sent.add(message);
        all = Octets.concat(all, message.encode());
      }
      LdapStream stream = new LdapStream();
      List<LdapMessage> heard = new ArrayList<>();
      for (int at = 0; at < all.size(); ) {
        int next = Math.min(all.size(), at + 1 + random.nextInt(1 + all.size() / 3));
        heard.addAll(stream.feed(all.slice(at, next)));
        at = next;
      }
      assertThat(heard).isEqualTo(sent);
    }
  }

  @Test
  void a_stream_that_is_no_LDAP_is_not_followed() {
    for (String hex : List.of("474554202f", "3080", "3084ffffffff", "30840fffffff")) {
      assertThatThrownBy(() -> new LdapStream().feed(Octets.ofHex(hex)))
          .as(hex)
          .isInstanceOf(MalformedMessageException.class);
    }
  }
}
