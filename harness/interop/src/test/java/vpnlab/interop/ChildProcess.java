package vpnlab.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A program that a test started. Its output goes to files; closing it leaves nothing running. */
final class ChildProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    // A test run that is cut short ends its programs, too.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final String name;
  private final Process process;
  private final Path output;
  private final Path errors;

  private ChildProcess(String name, Process process, Path output, Path errors) {
    this.name = name;
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /**
   * Starts a program.
   *
   * @param directory its working directory, in which {@code NAME.out} and {@code NAME.err} are made
   */
  static ChildProcess start(
      Path directory, String name, Map<String, String> environment, List<String> command) {
    Path output = directory.resolve(name + ".out");
    Path errors = directory.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(NetworkNamespace.inside(command))
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      RUNNING.add(process);
      return new ChildProcess(name, process, output, errors);
    } catch (IOException cannotStart) {
      throw new UncheckedIOException(cannotStart);
    }
  }

  static ChildProcess start(Path directory, String name, List<String> command) {
    return start(directory, name, Map.of(), command);
  }

  /** Runs a program to its end and says how it ended. */
  static Ended run(
      Path directory,
      String name,
      Map<String, String> environment,
      Duration limit,
      List<String> command) {
    try (ChildProcess child = start(directory, name, environment, command)) {
      return child.await(limit);
    }
  }

  /** How a program ended: its exit code, or empty-handed with {@code inTime} false. */
  record Ended(boolean inTime, int exitCode, String output, String errors) {
    boolean well() {
      return inTime && exitCode == 0;
    }
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  String output() {
    return read(output);
  }

  String errors() {
    return read(errors);
  }

  Ended await(Duration limit) {
    boolean inTime;
    try {
      inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      inTime = false;
    }
    if (!inTime) {
      close();
    }
    return new Ended(inTime, process.isAlive() ? -1 : process.exitValue(), output(), errors());
  }

  /** Waits until it is ready. Dies, stays silent: an {@link IllegalStateException} that says so. */
  void awaitReady(Duration limit, BooleanSupplier ready) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ready.getAsBoolean()) {
      if (!alive()) {
        throw new IllegalStateException(
            name + " ended with " + process.exitValue() + ":\n" + output() + errors());
      }
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException(
            name + " was not ready after " + limit.toSeconds() + " s:\n" + output() + errors());
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Asks it to end (SIGTERM) and gives it the time to do so. */
  Ended terminate() {
    process.destroy();
    return await(PATIENCE);
  }

  /** Sends it a signal, e.g. {@code INT}, and waits for its end. */
  Ended signal(String name, Duration limit) {
    try {
      new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException noKill) {
      throw new UncheckedIOException(noKill);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return await(limit);
  }

  @Override
  public void close() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(process);
  }

  static String read(Path file) {
    try {
      return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** A new folder; the first part of its name says whose it is. */
  static Path folder(Path parent, String prefix) {
    try {
      return Files.createTempDirectory(Files.createDirectories(parent), prefix + "-");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
