package vpnlab.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A lab on real sockets: {@code vpnlab up SCENARIO}, from its ready line to its end. */
final class RunningLab implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(180);
  private static final int PORT_TAKEN = 3;

  private final ChildProcess process;
  private final JsonNode ready;

  private RunningLab(ChildProcess process, JsonNode ready) {
    this.process = process;
    this.ready = ready;
  }

  static RunningLab up(Path parent, String scenario, String... options) {
    IllegalStateException last = null;
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        return at(FreePorts.offset(), parent, scenario, options);
      } catch (PortTakenException taken) {
        last = taken;
      }
    }
    throw last;
  }

  /** Starts it on the ports of that offset, once. */
  static RunningLab at(int offset, Path parent, String scenario, String... options) {
    return on("127.0.0.1", offset, parent, scenario, options);
  }

  /** The same at another address of this machine. */
  static RunningLab on(
      String address, int offset, Path parent, String scenario, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("up", scenario, "--bind", address, "--ports", "offset:" + offset));
    arguments.addAll(List.of(options));
    ChildProcess process =
        VpnLab.start(ChildProcess.folder(parent, "lab"), arguments.toArray(String[]::new));
    try {
      process.awaitReady(START, () -> process.output().contains("\n"));
      return new RunningLab(process, VpnLab.json(process.output().lines().findFirst().orElse("")));
    } catch (IllegalStateException notReady) {
      process.close();
      if (process.await(Duration.ZERO).exitCode() == PORT_TAKEN) {
        throw new PortTakenException(notReady);
      }
      throw notReady;
    }
  }

  private static final class PortTakenException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    PortTakenException(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  String address() {
    return text("/server/address");
  }

  String serverName() {
    return text("/server/name");
  }

  int ikePort() {
    return Integer.parseInt(text("/server/ike"));
  }

  int natPort() {
    return Integer.parseInt(text("/server/natT"));
  }

  int radiusPort() {
    return Integer.parseInt(text("/radius/port"));
  }

  int accountingPort() {
    return Integer.parseInt(text("/radius/accountingPort"));
  }

  String radiusSecret() {
    return text("/radius/secret");
  }

  /** The root that the lab's clients trust. */
  Path authority() {
    return Path.of(text("/ca"));
  }

  AddressRange pool() {
    return AddressRange.of(text("/pool"));
  }

  String user() {
    return text("/users/0/name");
  }

  String password() {
    return text("/users/0/password");
  }

  Credential clientCertificate() {
    return new Credential(
        Path.of(text("/clientCertificate/certificate")), Path.of(text("/clientCertificate/key")));
  }

  /** What the ready line says at that JSON pointer. */
  private String text(String pointer) {
    JsonNode node = ready.at(pointer);
    if (!node.isValueNode()) {
      throw new IllegalStateException("the ready line has no " + pointer + ": " + ready);
    }
    return node.asString();
  }

  /** A strongSwan client that knows all that the ready line tells, but not how to authenticate. */
  StrongSwanClient client() {
    return StrongSwanClient.dialing(ikePort()).expecting(serverName()).trusting(authority());
  }

  /** What the lab printed for people so far. */
  String summary() {
    return process.errors();
  }

  /** Ends the lab as a user does, with SIGTERM. */
  ChildProcess.Ended terminate() {
    return process.terminate();
  }

  /** Ends the lab with that signal: {@code INT}, {@code TERM}. */
  ChildProcess.Ended signal(String name, Duration limit) {
    return process.signal(name, limit);
  }

  boolean alive() {
    return process.alive();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
