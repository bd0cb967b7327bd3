package vpnlab.runner.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadTargetTest {
  @Test
  void aTargetIsReadAndASecretMayHoldColons() {
    LoadTarget target = LoadTarget.parse("nps=127.0.0.1:1812:a:b=c");

    assertThat(target.name()).isEqualTo("nps");
    assertThat(target.address().getPort()).isEqualTo(1812);
    assertThat(target.secret()).isEqualTo("a:b=c");
    assertThat(target.toString()).doesNotContain("a:b=c");
  }

  @Test
  void whatIsNoTargetIsRefusedWithTheForm() {
    for (String wrong : new String[] {"", "nps", "nps=127.0.0.1", "=127.0.0.1:1:s", "n=h:x:s"}) {
      assertThatThrownBy(() -> LoadTarget.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("NAME=HOST:PORT:SECRET");
    }
    assertThatThrownBy(() -> LoadTarget.parse("n=127.0.0.1:70000:s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port");
  }

  @Test
  void oneLostRequestOrOneOtherAnswerIsAFlaw() {
    LoadCount count = new LoadCount();
    count.answered();
    count.accepted(1500);
    count.duplicate(true);
    assertThat(count.flawless()).isTrue();
    assertThat(count.latency(0.99)).isEqualTo(Duration.ofNanos(1_500_000));

    LoadCount lost = new LoadCount();
    lost.lost();
    LoadCount unlike = new LoadCount();
    unlike.duplicate(false);
    assertThat(lost.flawless()).isFalse();
    assertThat(unlike.flawless()).isFalse();
    count.add(unlike);
    assertThat(count.flawless()).isFalse();
    assertThat(count.duplicatesTotal()).isEqualTo(2);
  }
}
