package vpnlab.protocol.ike;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A strongSwan daemon of our own, on ports of its own, that reads nothing of the machine's
 * configuration. ESP is done in user space, which needs root and a TUN device.
 */
final class StrongSwan implements AutoCloseable {
  private static final String PLUGINS =
      "random nonce openssl pem pkcs1 pkcs8 x509 pubkey revocation constraints sha1 sha2 des aes"
          + " gcm hmac kdf curve25519 gmp kernel-libipsec kernel-netlink socket-default vici updown";

  private static final int STARTS = 5;

  private final Path directory;
  private Process daemon;
  int port;
  int natPort;

  /** Why strongSwan cannot run here, if so. */
  static Optional<String> obstacle() {
    if (find("charon-systemd").isEmpty() || find("swanctl").isEmpty()) {
      return Optional.of("strongSwan (charon-systemd, swanctl) is not installed");
    }
    if (!Files.isWritable(Path.of("/dev/net/tun"))) {
      return Optional.of("strongSwan needs /dev/net/tun and root");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("strongSwan needs root");
    }
    return Optional.empty();
  }

  private static Optional<Path> find(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin")
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts the daemon with one connection named {@code lab}.
   *
   * @param connection lines of swanctl.conf inside the connection
   * @param rest lines behind it, e.g. secrets
   * @param files to lie in its directory, by relative path
   */
  StrongSwan(String connection, String rest, Map<String, String> files) throws IOException {
    directory = Files.createTempDirectory("vpnlab-swan");
    for (String folder : new String[] {"private", "x509", "x509ca"}) {
      Files.createDirectory(directory.resolve(folder));
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(
        directory.resolve("swanctl.conf"),
        "connections {\n lab {\n  version = 2\n"
            + (connection.contains("mobike") ? "" : "  mobike = no\n")
            + connection
            + "\n }\n}\n"
            + rest);
    startOnFreePorts();
    run("--load-all", "--noprompt");
  }

  /** Others on the machine may take a port between our look at it and the daemon's. */
  private void startOnFreePorts() throws IOException {
    for (int start = 0; start < STARTS; start++) {
      port = freePort();
      natPort = freePort();
      Files.deleteIfExists(directory.resolve("charon.log"));
      Files.deleteIfExists(directory.resolve("vici"));
      Files.writeString(directory.resolve("strongswan.conf"), daemonConfiguration());
      daemon = start(find("charon-systemd").orElseThrow().toString());
      awaitSocket();
      if (!log().contains("unable to bind socket")) {
        return;
      }
      stop();
    }
    throw new IOException("strongSwan found no free ports: " + log());
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String daemonConfiguration() {
    int table = 40001 + port % 20000;
    return String.join(
        "\n",
        "charon-systemd {",
        "  load = " + PLUGINS,
        "  port = " + port,
        "  port_nat_t = " + natPort,
        "  routing_table = " + table,
        "  routing_table_prio = 40000",
        "  retransmit_timeout = 1.0",
        "  retransmit_tries = 3",
        "  filelog { main { path = " + directory.resolve("charon.log"),
        "    flush_line = yes",
        "    default = 1 } }",
        "  journal { default = -1 }",
        "  plugins { vici { socket = unix://" + directory.resolve("vici") + " } }",
        "}",
        "");
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("STRONGSWAN_CONF", directory.resolve("strongswan.conf").toString());
    builder.environment().put("SWANCTL_DIR", directory.toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("out").toFile()));
    return builder.start();
  }

  private void awaitSocket() throws IOException {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!Files.exists(directory.resolve("vici"))) {
      if (!daemon.isAlive() || Instant.now().isAfter(end)) {
        throw new IOException("strongSwan did not start: " + log());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs swanctl; whether it succeeded. */
  boolean run(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 3];
    command[0] = find("swanctl").orElseThrow().toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    command[arguments.length + 1] = "--uri";
    command[arguments.length + 2] = "unix://" + directory.resolve("vici");
    try {
      Process process = start(command);
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean initiate() throws IOException {
    return run("--initiate", "--child", "net", "--timeout", "30");
  }

  /** Everything the daemon and swanctl have said. */
  String log() {
    StringBuilder text = new StringBuilder();
    for (String name : new String[] {"charon.log", "out"}) {
      try {
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
          text.append(Files.readString(file, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text.toString();
  }

  private void stop() {
    daemon.destroy();
    try {
      if (!daemon.waitFor(5, TimeUnit.SECONDS)) {
        daemon.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
