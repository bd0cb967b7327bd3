package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code vpnlab bench radius} puts the NPS of {@code vpnlab up} and FreeRADIUS under load in turns.
 * A short run in which nothing may get lost; {@code -Dvpnlab.load.seconds=5 -Dvpnlab.load.rounds=5}
 * makes a comparison of it, printed to stdout; {@code -Dvpnlab.load.warm-up=60} lets Java compile
 * all of it before, {@code -Dvpnlab.load.workers=8} keeps all processors busy.
 */
@NeedsPeer({NeedsPeer.VPNLAB, "freeradius", "openssl"})
@ExtendWith(OpensslPki.Shared.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RadiusLoadTest {
  @TempDir Path directory;

  @Test
  void noRequestIsLostAndDuplicatesAreAnsweredAlike(OpensslPki pki) {
    String seconds = System.getProperty("vpnlab.load.seconds", "1");
    String rounds = System.getProperty("vpnlab.load.rounds", "1");
    String warmUp = System.getProperty("vpnlab.load.warm-up", "2");
    String workers = System.getProperty("vpnlab.load.workers", "2");
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
                  "--workers",
                  workers,
                  "--warm-up",
                  warmUp,
                  "--rounds",
                  rounds,
                  "--duplicate-every",
                  "2"));
      System.out.println(bench.output());
      List<Map<String, String>> rows = rows(bench.output());
      assertThat(rows).as(bench.output() + bench.errors()).hasSize(6);
      for (Map<String, String> row : rows) {
        assertThat(Double.parseDouble(row.get("AUTH/S"))).as("%s", row).isPositive();
        assertThat(Integer.parseInt(row.get("DUPLICATES"))).as("%s", row).isPositive();
        assertThat(row)
            .containsEntry("LOST", "0")
            .containsEntry("REFUSED", "0")
            .containsEntry("UNLIKE", "0")
            .containsEntry("UNANSWERED", "0");
      }
      assertThat(bench.exitCode()).isZero();
      // A resumed session takes fewer messages than a handshake.
      for (String server : List.of("nps", "freeradius")) {
        assertThat(trips(rows, "peap-fast-reconnect", server))
            .isLessThan(trips(rows, "peap-eap-mschapv2", server));
      }
    }
  }

  private static double trips(List<Map<String, String>> rows, String method, String server) {
    return rows.stream()
        .filter(row -> row.get("METHOD").equals(method) && row.get("SERVER").equals(server))
        .mapToDouble(row -> Double.parseDouble(row.get("TRIPS")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<String, String>> rows(String table) {
    List<List<String>> lines =
        table.lines().filter(line -> !line.isBlank()).map(line -> cells(line)).toList();
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> cells : lines.subList(1, lines.size())) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(lines.get(0).get(i), cells.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return List.of(line.strip().split(" {2,}"));
  }
}
