package vpnlab.runner.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * A RADIUS server that is put under load.
 *
 * @param name for the table
 * @param process the server's, when it runs on this machine and its processor time is of interest
 */
public record LoadTarget(
    String name, InetSocketAddress address, String secret, Optional<ProcessHandle> process) {
  /**
   * Reads {@code NAME=HOST:PORT:SECRET}.
   *
   * @throws IllegalArgumentException when it is anything else; the message says what is missing
   */
  public static LoadTarget parse(String text) {
    int equals = text.indexOf('=');
    String[] parts = text.substring(equals + 1).split(":", 3);
    if (equals < 1 || parts.length < 3 || !parts[1].matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("'" + text + "' is not NAME=HOST:PORT:SECRET");
    }
    int port = Integer.parseInt(parts[1]);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("'" + text + "' has no port from 1 to 65535");
    }
    try {
      InetAddress host = InetAddress.getByName(parts[0]);
      return new LoadTarget(
          text.substring(0, equals), new InetSocketAddress(host, port), parts[2], Optional.empty());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "' has an unknown host", e);
    }
  }

  /**
   * The same, run by a process of this machine.
   *
   * @throws IllegalArgumentException when there is no such process
   */
  public LoadTarget runBy(long pid) {
    Optional<ProcessHandle> running = ProcessHandle.of(pid);
    if (running.isEmpty()) {
      throw new IllegalArgumentException("there is no process " + pid);
    }
    return new LoadTarget(name, address, secret, running);
  }

  /** Processor time that the server has used so far; empty when nobody knows. */
  Optional<Duration> processorTime() {
    return process.flatMap(running -> running.info().totalCpuDuration());
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return name + " at " + address;
  }
}
