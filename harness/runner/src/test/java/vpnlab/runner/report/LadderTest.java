package vpnlab.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.lab.TranscriptLine;
import vpnlab.lab.TranscriptLine.Kind;

class LadderTest {
  @Test
  void aMessageIsAnArrowFromItsSenderToItsReceiver() {
    assertThat(
            Ladder.of(
                List.of(
                    line(0, Kind.MESSAGE, "laptop", "rras", "IKE_SA_INIT request"),
                    line(11, Kind.MESSAGE, "rras", "laptop", "IKE_SA_INIT response"),
                    line(12, Kind.EVENT, "rras", "", "Security 4653"))))
        .isEqualTo(
            """
                       laptop                            rras
               0.000s  | IKE_SA_INIT request             |
                       |-------------------------------->|
               0.011s  | IKE_SA_INIT response            |
                       |<--------------------------------|
               0.012s  |                                 | * Security 4653
            """);
  }

  @Test
  void aDroppedMessageEndsInACross() {
    assertThat(Ladder.of(List.of(line(0, Kind.DROP, "laptop", "edge", "UDP 500"))))
        .contains("dropped: UDP 500")
        .contains("-X|");
  }

  @Test
  void noLineIsWiderThanAHundredColumns() {
    Random random = new Random(7);
    List<TranscriptLine> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String from = "host" + random.nextInt(7);
      String to = random.nextBoolean() ? "" : "host" + random.nextInt(7);
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      lines.add(line(i, kind, from, to, "word ".repeat(random.nextInt(60)) + "x".repeat(i)));
    }
    assertThat(Ladder.of(lines).lines()).allMatch(text -> text.length() <= 100);
  }

  private static TranscriptLine line(int millis, Kind kind, String from, String to, String text) {
    return new TranscriptLine(Duration.ofMillis(millis), kind, from, to, text);
  }
}
