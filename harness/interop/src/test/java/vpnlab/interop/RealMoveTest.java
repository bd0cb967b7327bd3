package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static vpnlab.interop.NetworkNamespace.CABLE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real client that loses the address that its tunnel uses, and has another (RFC 4555). */
@NeedsPeer({NeedsPeer.VPNLAB, "charon-systemd", "swanctl", "ip", "ping", NeedsPeer.TUN})
class RealMoveTest {
  private static final String SERVER = "192.0.2.1";
  private static final String FIRST = "192.0.2.10";
  private static final String SECOND = "192.0.2.11";
  private static final String FILES = "10.0.0.5";
  private static final int PINGS = 1000;
  private static final Pattern RECEIVED =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

  @TempDir Path directory;

  @Test
  void thePingsOfStrongSwanGoOnWhenTheAddressInUseIsTakenAway() {
    try (NetworkNamespace far = NetworkNamespace.open();
        NetworkNamespace near = far.neighbour()) {
      far.change("addr", "add", SERVER + "/24", "dev", CABLE);
      for (String own : List.of(FIRST, SECOND)) {
        near.change("addr", "add", own + "/32", "dev", CABLE);
      }
      near.change("route", "add", SERVER, "dev", CABLE);
      far.enter();
      try (RunningLab lab =
          RunningLab.on(SERVER, FreePorts.offset(), directory, "healthy-ikev2-eap-mschapv2")) {
        near.enter();
        try (StrongSwanClient.Session session =
            lab.client()
                .at(SERVER)
                .mobile()
                .routingIntoTheTunnel()
                .eapMschapv2(lab.user(), lab.password())
                .stay(directory)) {
          assertThat(session.result().established()).as(session.result().log()).isTrue();
          assertThat(connections(session)).contains(FIRST).doesNotContain(SECOND);
          ChildProcess pings =
              ChildProcess.start(
                  ChildProcess.folder(directory, "ping"),
                  "ping",
                  List.of("ping", "-q", "-i", "0.01", "-c", "" + PINGS, "-W", "2", FILES));
          near.change("addr", "del", FIRST + "/32", "dev", CABLE);
          ChildProcess.Ended pinged = pings.await(Duration.ofSeconds(60));
          assertThat(connections(session)).contains(SECOND).doesNotContain(FIRST);
          assertThat(session.charon().log()).contains("N(UPD_SA_ADDR)");
          Matcher matcher = RECEIVED.matcher(pinged.output());
          assertThat(matcher.find()).as(pinged + "").isTrue();
          // Until charon has noticed and told us, its packets have nowhere to come from.
          assertThat(Integer.parseInt(matcher.group(2)))
              .as(pinged + session.charon().log())
              .isGreaterThan(PINGS * 9 / 10);
        }
        // We ask at the new address, too, before packets go there (RFC 4555 section 3.7).
        assertThat(lab.terminate().errors()).contains("INFORMATIONAL request 0 [ N(COOKIE2) ]");
      }
    }
  }

  private static String connections(StrongSwanClient.Session session) {
    return session.charon().swanctl("list", Duration.ofSeconds(5), "--list-sas").output();
  }
}
