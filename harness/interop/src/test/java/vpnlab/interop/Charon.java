package vpnlab.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * strongSwan's daemon with its own configuration, socket and ports. ESP is done in user space
 * (kernel-libipsec on a TUN device), because not every kernel has it.
 */
final class Charon implements AutoCloseable {
  /**
   * All that initiator and responder need; a plugin that is not installed is left out by charon.
   */
  private static final String PLUGINS =
      "random nonce openssl pem pkcs1 pkcs8 x509 pubkey constraints sha1 sha2 md4 md5 des aes gcm"
          + " hmac kdf curve25519 gmp fips-prf eap-identity eap-mschapv2 eap-tls eap-radius"
          + " kernel-libipsec kernel-netlink socket-default vici";

  private static final Duration START = Duration.ofSeconds(20);

  private final Path directory;
  private final ChildProcess daemon;
  private final Map<String, String> environment;

  private Charon(Path directory, ChildProcess daemon, Map<String, String> environment) {
    this.directory = directory;
    this.daemon = daemon;
    this.environment = environment;
  }

  /**
   * @param port for IKE; 0: any
   * @param natPort for IKE and ESP behind a NAT; 0: any
   * @param routing whether routes into the tunnel go before all others, in a network of its own
   * @param settings further lines of strongswan.conf
   * @param plugins further lines of its plugins section
   */
  record Options(int port, int natPort, boolean routing, String settings, String plugins) {
    Options(int port, int natPort, String settings, String plugins) {
      this(port, natPort, false, settings, plugins);
    }
  }

  /** Starts the daemon; {@code swanctl.conf} and the files it names must stand in the folder. */
  static Charon start(Path directory, Options options) {
    // Where AppArmor ties the installed programs to the machine's configuration, a copy is free.
    Path daemonFile = copy("charon-systemd", directory);
    copy("swanctl", directory);
    ChildProcess.write(directory.resolve("strongswan.conf"), configuration(directory, options));
    Map<String, String> environment =
        Map.of(
            "STRONGSWAN_CONF", directory.resolve("strongswan.conf").toString(),
            "SWANCTL_DIR", directory.toString(),
            // Times in the log are read again.
            "TZ", "UTC");
    ChildProcess daemon =
        ChildProcess.start(directory, "charon", environment, List.of(daemonFile.toString()));
    Charon charon = new Charon(directory, daemon, environment);
    try {
      daemon.awaitReady(START, () -> Files.exists(charon.socket()));
      ChildProcess.Ended loaded = charon.swanctl("load", START, "--load-all", "--noprompt");
      if (!loaded.well()) {
        throw new IllegalStateException(
            "swanctl refused the configuration:\n" + loaded.output() + loaded.errors());
      }
      return charon;
    } catch (RuntimeException failed) {
      charon.close();
      throw failed;
    }
  }

  private static String configuration(Path directory, Options options) {
    return """
        charon-systemd {
          load = %s
          port = %d
          port_nat_t = %d
          routing_table = %d
          # Behind all other rules what is routed into the tunnel changes nothing on this machine.
          routing_table_prio = %d
          filelog {
            main {
              path = %s
              flush_line = yes
              default = 1
              ike = 4
              mgr = 2
            }
          }
          journal {
            default = -1
          }
        %s
          plugins {
            vici {
              socket = unix://%s
            }
        %s
          }
        }
        """
        .formatted(
            PLUGINS,
            options.port(),
            options.natPort(),
            20_000 + FreePorts.udp() % 40_000,
            options.routing() ? 100 : 40_000,
            directory.resolve("charon.log"),
            options.settings(),
            directory.resolve("vici"),
            options.plugins());
  }

  private static Path copy(String program, Path directory) {
    try {
      return Files.copy(
          Program.named(program),
          directory.resolve(program),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private Path socket() {
    return directory.resolve("vici");
  }

  /** Asks the daemon for something. */
  ChildProcess.Ended swanctl(String step, Duration limit, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(directory.resolve("swanctl").toString());
    command.addAll(List.of(arguments));
    command.add("--uri");
    command.add("unix://" + socket());
    return ChildProcess.run(directory, "swanctl-" + step, environment, limit, command);
  }

  /** What the daemon has logged so far. */
  String log() {
    return ChildProcess.read(directory.resolve("charon.log"));
  }

  /** Quotes a value for strongswan.conf and swanctl.conf. */
  static String quote(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public void close() {
    daemon.close();
  }
}
