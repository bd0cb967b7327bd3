package vpnlab.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One authentication by wpa_supplicant's RADIUS test client. */
final class EapolTest {
  private static final Pattern OWN_KEY =
      Pattern.compile("PMK from EAPOL - hexdump\\(len=\\d+\\): (.*)");
  private static final Pattern SERVERS_KEY =
      Pattern.compile("MS-MPPE-Recv-Key.* - hexdump\\(len=\\d+\\): (.*)");

  private static final Pattern KEY_COUNT =
      Pattern.compile("MPPE keys OK: (\\d+) +mismatch: (\\d+)");

  private final int port;
  private final String secret;
  private String network = "";
  private int seconds = 30;
  private int reconnects;

  private EapolTest(int port, String secret) {
    this.port = port;
    this.secret = secret;
  }

  /** Asks the RADIUS server at that port of 127.0.0.1. */
  static EapolTest asking(int port, String secret) {
    return new EapolTest(port, secret);
  }

  EapolTest eapMschapv2(String user, String password) {
    network = "  eap=MSCHAPV2\n  identity=\"%s\"\n  password=\"%s\"\n".formatted(user, password);
    return this;
  }

  EapolTest eapTls(String user, Credential own, Path authority) {
    network =
        """
          eap=TLS
          identity="%s"
          ca_cert="%s"
          client_cert="%s"
          private_key="%s"
        """
            .formatted(user, authority, own.certificate(), own.key());
    return this;
  }

  /** PEAP with a password inside. */
  EapolTest peapMschapv2(String user, String password, Path authority) {
    network =
        """
          eap=PEAP
          identity="%s"
          ca_cert="%s"
          phase2="auth=MSCHAPV2"
          password="%s"
        """
            .formatted(user, authority, password);
    return this;
  }

  /** Says another name outside the tunnel than inside. */
  EapolTest namedOutside(String user) {
    network += "  anonymous_identity=\"" + user + "\"\n";
    return this;
  }

  /** PEAP with a certificate inside. */
  EapolTest peapTls(String user, Credential own, Path authority) {
    network =
        """
          eap=PEAP
          identity="%s"
          ca_cert="%s"
          phase2="auth=TLS"
          ca_cert2="%s"
          client_cert2="%s"
          private_key2="%s"
        """
            .formatted(user, authority, authority, own.certificate(), own.key());
    return this;
  }

  /** PEAP's cryptobinding: 0 without, 1 when the server has it, 2 demanded. */
  EapolTest cryptobinding(int value) {
    network += "  phase1=\"crypto_binding=" + value + "\"\n";
    return this;
  }

  /** Authenticates again so many times, resuming the TLS session. */
  EapolTest reconnecting(int times) {
    reconnects = times;
    return this;
  }

  /** Gives up after so many seconds. */
  EapolTest patientFor(int limit) {
    seconds = limit;
    return this;
  }

  /** What the server decided. */
  enum Decision {
    ACCEPT,
    REJECT,
    NONE
  }

  /**
   * How it ended.
   *
   * @param decision from the last RADIUS packet
   * @param succeeded whether the EAP peer itself agrees that it is authenticated
   * @param keysMatch whether the MPPE receive key that the server sent is (the beginning of) the
   *     peer's own key
   * @param matchingKeys how many times the keys that the server sent were those of the peer; -1
   *     when one of them was not
   * @param mschapError the {@code E=} of a failed EAP-MSCHAPv2
   */
  record Result(
      Decision decision,
      boolean succeeded,
      boolean keysMatch,
      int matchingKeys,
      Optional<Integer> mschapError,
      String log) {}

  Result authenticate(Path parent) {
    Path directory = ChildProcess.folder(parent, "eapol");
    Path configuration =
        ChildProcess.write(
            directory.resolve("network.conf"),
            "network={\n  key_mgmt=IEEE8021X\n" + network + "}\n");
    ChildProcess.Ended ended =
        ChildProcess.run(
            directory,
            "eapol_test",
            Map.of(),
            Duration.ofSeconds(45),
            List.of(
                Program.named("eapol_test").toString(),
                "-c",
                configuration.toString(),
                "-a",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-s",
                secret,
                "-r",
                Integer.toString(reconnects),
                "-t",
                Integer.toString(seconds)));
    String log = ended.output();
    Decision decision =
        log.contains("code=2 (Access-Accept)")
            ? Decision.ACCEPT
            : log.contains("code=3 (Access-Reject)") ? Decision.REJECT : Decision.NONE;
    Matcher error = Pattern.compile("EAP-MSCHAPV2: error (\\d+)").matcher(log);
    return new Result(
        decision,
        ended.well(),
        keysMatch(log),
        matchingKeys(log),
        error.find() ? Optional.of(Integer.valueOf(error.group(1))) : Optional.empty(),
        log);
  }

  private static int matchingKeys(String log) {
    Matcher matcher = KEY_COUNT.matcher(log);
    return matcher.find() && matcher.group(2).equals("0") ? Integer.parseInt(matcher.group(1)) : -1;
  }

  private static boolean keysMatch(String log) {
    String own = hexadecimal(OWN_KEY, log);
    String servers = hexadecimal(SERVERS_KEY, log);
    return !servers.isEmpty() && own.startsWith(servers);
  }

  private static String hexadecimal(Pattern line, String log) {
    Matcher matcher = line.matcher(log);
    return matcher.find() ? matcher.group(1).replace(" ", "").toLowerCase(Locale.ROOT) : "";
  }
}
