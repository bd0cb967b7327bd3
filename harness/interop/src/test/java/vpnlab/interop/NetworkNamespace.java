package vpnlab.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of its own for the programs that this thread starts while it is open: loopback and
 * nothing else. Routes into a tunnel so stay without effect on this machine, and several tests may
 * use the same addresses.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final AtomicInteger LAST = new AtomicInteger();
  private static final ThreadLocal<NetworkNamespace> CURRENT = new ThreadLocal<>();

  private final String name;

  private NetworkNamespace(String name) {
    this.name = name;
  }

  /** Makes one and enters it. */
  static NetworkNamespace open() {
    if (CURRENT.get() != null) {
      throw new IllegalStateException("a namespace is open already");
    }
    String name = "vpnlab-" + ProcessHandle.current().pid() + "-" + LAST.incrementAndGet();
    ip("netns", "add", name);
    NetworkNamespace namespace = new NetworkNamespace(name);
    ip("-n", name, "link", "set", "lo", "up");
    CURRENT.set(namespace);
    return namespace;
  }

  /** The command as it must be started to run where this thread is. */
  static List<String> inside(List<String> command) {
    NetworkNamespace current = CURRENT.get();
    if (current == null) {
      return command;
    }
    List<String> entered = new ArrayList<>(List.of("ip", "netns", "exec", current.name));
    entered.addAll(command);
    return entered;
  }

  /** The name of either end of the cable between two. */
  static final String CABLE = "cable";

  /**
   * Another one, joined to this by a cable; programs start there from now on, until one of the two
   * is entered.
   */
  NetworkNamespace neighbour() {
    CURRENT.remove();
    NetworkNamespace other = open();
    String[] ends = {"peer", "name", CABLE, "netns", other.name};
    List<String> command =
        new ArrayList<>(List.of("-n", name, "link", "add", CABLE, "type", "veth"));
    command.addAll(List.of(ends));
    ip(command.toArray(String[]::new));
    ip("-n", name, "link", "set", CABLE, "up");
    ip("-n", other.name, "link", "set", CABLE, "up");
    return other;
  }

  /** Lets programs of this thread start here. */
  void enter() {
    CURRENT.set(this);
  }

  /** Changes addresses and routes here: {@code ip ARGUMENTS}. */
  void change(String... arguments) {
    List<String> command = new ArrayList<>(List.of("-n", name));
    command.addAll(List.of(arguments));
    ip(command.toArray(String[]::new));
  }

  /** Gives the loopback interface another address. */
  void address(String cidr) {
    ip("-n", name, "addr", "add", cidr, "dev", "lo");
  }

  /** Runs a program in here to its end. */
  ChildProcess.Ended run(Path parent, String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Program.named(program).toString()));
    command.addAll(List.of(arguments));
    return ChildProcess.run(
        ChildProcess.folder(parent, program),
        program,
        java.util.Map.of(),
        Duration.ofSeconds(90),
        command);
  }

  @Override
  public void close() {
    CURRENT.remove();
    ip("netns", "del", name);
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
    } catch (IOException cannotRun) {
      throw new UncheckedIOException(cannotRun);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
