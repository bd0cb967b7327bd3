package vpnlab.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OctetSearchTest {
  @Test
  void findsWhatLookingAtEveryOctetFinds() {
    Random random = new Random(1);
    byte[] likely = {'\n', '"', ',', 'a', ' ', 0x1f, 0x7f, (byte) 0x80, (byte) 0xff, 0, 0x0b, 0x21};
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = new byte[random.nextInt(40) + OctetSearch.SLACK];
      for (int k = 0; k < octets.length; k++) {
        octets[k] = random.nextInt(4) == 0 ? likely[random.nextInt(likely.length)] : (byte) 'x';
      }
      int end = octets.length - OctetSearch.SLACK;
      int from = random.nextInt(end + 1);
      assertThat(OctetSearch.lineFeed(octets, from, end)).isEqualTo(lineFeed(octets, from, end));
      assertThat(OctetSearch.quoteOrControl(octets, from, end))
          .isEqualTo(quoteOrControl(octets, from, end));
      assertThat(OctetSearch.commas(octets, from, end)).isEqualTo(commas(octets, from, end));
    }
  }

  private static int lineFeed(byte[] octets, int from, int end) {
    int at = from;
    while (at < end && octets[at] != '\n') {
      at++;
    }
    return at;
  }

  private static int quoteOrControl(byte[] octets, int from, int end) {
    int at = from;
    while (at < end
        && octets[at] != '"'
        && octets[at] != 0x7f
        && (octets[at] < 0 || octets[at] >= ' ')) {
      at++;
    }
    return at;
  }

  private static int commas(byte[] octets, int from, int end) {
    int at = from;
    while (at < end && octets[at] == ',') {
      at++;
    }
    return at - from;
  }
}
