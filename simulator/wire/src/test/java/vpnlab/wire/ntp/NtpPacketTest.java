package vpnlab.wire.ntp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

class NtpPacketTest {
  @Test
  void theUnixEpochIsTheSecond2208988800OfNtp() {
    // RFC 5905 figure 4: 1970-01-01 is NTP second 2,208,988,800 of era 0.
    assertThat(NtpPacket.timestamp(Instant.EPOCH) >>> 32).isEqualTo(2_208_988_800L);
  }

  @Test
  void timesSurviveToTheMicrosecondAlsoBeyond2036() {
    for (String text : new String[] {"2026-01-15T09:00:00.123456Z", "2040-02-29T23:59:59.999Z"}) {
      Instant time = Instant.parse(text);
      assertThat(NtpPacket.instant(NtpPacket.timestamp(time)))
          .isCloseTo(time, within(1, ChronoUnit.MICROS));
    }
  }

  @Test
  void anAnswerReturnsTheClientsTransmitTime() throws MalformedMessageException {
    NtpPacket request = NtpPacket.request(Instant.parse("2026-01-15T09:00:00Z"));
    NtpPacket answer =
        NtpPacket.decode(request.answer(Instant.parse("2026-01-15T09:00:05Z")).encode());
    assertThat(answer.originate()).isEqualTo(request.transmit());
    assertThat(answer.mode()).isEqualTo(NtpPacket.SERVER);
  }

  @Test
  void anyOctetsAreDecodedLosslesslyOrRefusedCleanly() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      try {
        assertThat(NtpPacket.decode(Octets.of(bytes)).encode()).isEqualTo(Octets.of(bytes));
        assertThat(bytes.length).isGreaterThanOrEqualTo(48);
      } catch (MalformedMessageException e) {
        assertThat(bytes.length).isLessThan(48);
      }
    }
  }
}
