package vpnlab.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A lab on real sockets: {@code vpnlab up SCENARIO}, from its ready line to its end. */
final class RunningLab implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
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
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "up",
                  scenario,
                  "--bind",
                  "127.0.0.1",
                  "--ports",
                  "offset:" + FreePorts.offset()));
      arguments.addAll(List.of(options));
      ChildProcess process =
          VpnLab.start(ChildProcess.folder(parent, "lab"), arguments.toArray(String[]::new));
      try {
        process.awaitReady(START, () -> process.output().contains("\n"));
        return new RunningLab(
            process, VpnLab.json(process.output().lines().findFirst().orElse("")));
      } catch (IllegalStateException notReady) {
        process.close();
        last = notReady;
        if (process.await(Duration.ZERO).exitCode() != PORT_TAKEN) {
          throw notReady;
        }
      }
    }
    throw last;
  }

  String address() {
    return ready.at("/server/address").asString();
  }

  String serverName() {
    return ready.at("/server/name").asString();
  }

  int ikePort() {
    return ready.at("/server/ike").asInt();
  }

  int natPort() {
    return ready.at("/server/natT").asInt();
  }

  int radiusPort() {
    return ready.at("/radius/port").asInt();
  }

  String radiusSecret() {
    return ready.at("/radius/secret").asString();
  }

  /** The root that the lab's clients trust. */
  Path authority() {
    return Path.of(ready.at("/ca").asString());
  }

  AddressRange pool() {
    return AddressRange.of(ready.at("/pool").asString());
  }

  String user() {
    return ready.at("/users/0/name").asString();
  }

  String password() {
    return ready.at("/users/0/password").asString();
  }

  Credential clientCertificate() {
    return new Credential(
        Path.of(ready.at("/clientCertificate/certificate").asString()),
        Path.of(ready.at("/clientCertificate/key").asString()));
  }

  JsonNode ready() {
    return ready;
  }

  /** The key of the ready line, where there is one. */
  Optional<Path> file(String pointer) {
    JsonNode node = ready.at(pointer);
    return node.isString() ? Optional.of(Path.of(node.asString())) : Optional.empty();
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

  @Override
  public void close() {
    process.close();
  }
}
