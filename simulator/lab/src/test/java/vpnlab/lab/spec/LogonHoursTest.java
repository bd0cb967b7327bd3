package vpnlab.lab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogonHoursTest {
  private static final Instant LAST_OF_SATURDAY = Instant.parse("2026-11-21T23:59:59.999Z");
  private static final Instant FIRST_OF_SUNDAY = Instant.parse("2026-11-22T00:00:00Z");

  @Test
  void aDayLastsUntilTwentyFourHours() {
    LogonHours saturday = LogonHours.parse("sat 00:00-24:00");
    assertThat(saturday.allow(LAST_OF_SATURDAY)).isTrue();
    assertThat(saturday.allow(FIRST_OF_SUNDAY)).isFalse();
    assertThat(LogonHours.allow(saturday.encode(), LAST_OF_SATURDAY)).isTrue();
    assertThat(LogonHours.allow(saturday.encode(), FIRST_OF_SUNDAY)).isFalse();
  }

  @Test
  void hoursThatPassMidnightAreRefusedWithTheTwoThatAreMeant() {
    assertThatThrownBy(() -> LogonHours.parse("fri 22:00-06:00"))
        .hasMessageContaining("'fri 22:00-24:00' and 'sat 00:00-06:00'");
  }

  @Test
  void theEndIsNoLongerAllowed() {
    LogonHours morning = LogonHours.parse("mon-fri 08:00-12:00");
    assertThat(morning.allow(Instant.parse("2026-11-20T11:59:59Z"))).isTrue();
    assertThat(morning.allow(Instant.parse("2026-11-20T12:00:00Z"))).isFalse();
    assertThat(morning.allow(Instant.parse("2026-11-21T09:00:00Z"))).isFalse();
  }
}
