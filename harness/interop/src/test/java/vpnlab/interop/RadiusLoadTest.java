package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code vpnlab bench radius} puts the NPS of {@code vpnlab up} and FreeRADIUS under load in turns.
 * A short run in which nothing may get lost; {@code -Dvpnlab.load.seconds=5 -Dvpnlab.load.rounds=5}
 * makes a comparison of it, printed to stdout.
 */
@NeedsPeer({NeedsPeer.VPNLAB, "freeradius", "openssl"})
@ExtendWith(OpensslPki.Shared.class)
class RadiusLoadTest {
  @TempDir Path directory;

  @Test
  void noRequestIsLostAndDuplicatesAreAnsweredAlike(OpensslPki pki) {
    String seconds = System.getProperty("vpnlab.load.seconds", "0.5");
    String rounds = System.getProperty("vpnlab.load.rounds", "1");
    try (RunningLab lab = RunningLab.up(directory, "healthy-ikev2-pap-and-peap");
        FreeRadius radius =
            FreeRadius.sharing("Between-bench-and-FreeRADIUS")
                .serving(pki.mint(CertificateRecipe.server("radius.lab.test")))
                .acceptingClientsOf(pki.trustedRoot())
                .user(lab.user(), lab.password())
                .proposing("peap")
                .silent()
                .start(directory)) {
      ChildProcess.Ended bench =
          VpnLab.run(
              directory,
              Duration.ofMinutes(20),
              List.of(
                  "bench",
                  "radius",
                  "--server",
                  "nps=127.0.0.1:" + lab.radiusPort() + ":" + lab.radiusSecret(),
                  "--server",
                  "freeradius=127.0.0.1:" + radius.port() + ":" + radius.secret(),
                  "--pid",
                  "nps=" + lab.pid(),
                  "--pid",
                  "freeradius=" + radius.pid(),
                  "--user",
                  lab.user(),
                  "--password",
                  lab.password(),
                  "--seconds",
                  seconds,
                  "--rounds",
                  rounds));
      System.out.println(bench.output());
      List<String> ofNps = bench.output().lines().filter(line -> line.contains("  nps  ")).toList();
      assertThat(ofNps).as(bench.output() + bench.errors()).hasSize(2);
      for (String line : ofNps) {
        List<String> cells = List.of(line.split(" {2,}"));
        assertThat(Double.parseDouble(cells.get(2))).as(line).isPositive();
        assertThat(cells.get(9)).as("lost: " + line).isEqualTo("0");
        assertThat(cells.get(11)).as("refused: " + line).isEqualTo("0");
        assertThat(Integer.parseInt(cells.get(12))).as("duplicates: " + line).isPositive();
        assertThat(cells.subList(13, 15)).as("unlike: " + line).containsExactly("0", "0");
      }
    }
  }
}
