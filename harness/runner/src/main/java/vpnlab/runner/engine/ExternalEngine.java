package vpnlab.runner.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.Vantage;

/**
 * An engine of the user's: a command for {@code sh -c} that reads evidence as JSON on stdin and
 * writes a diagnosis as JSON to stdout, once for each diagnosis. All that goes wrong is an {@link
 * EngineException} that names the command.
 */
public final class ExternalEngine implements DiagnosticEngine {
  private static final int CANNOT_EXECUTE = 126;
  private static final int NOT_FOUND = 127;

  private final String command;
  private final Path directory;
  private final Duration timeout;

  /**
   * @param directory where the command runs
   * @param timeout after which it is killed
   */
  public ExternalEngine(String command, Path directory, Duration timeout) {
    this.command = command;
    this.directory = directory;
    this.timeout = timeout;
  }

  /**
   * Finds out, before anything else is done, whether the command exists: it is run once on evidence
   * of nothing. Whatever it answers is fine.
   */
  public void check() {
    DialedProfile nothing = new DialedProfile("none", "none", "ikev2", "psk", "", List.of());
    try {
      diagnose(
          new Evidence(
              Vantage.CLIENT, "none", nothing, List.of(), List.of(), List.of(), List.of()));
    } catch (EngineException e) {
      if (e.notFound()) {
        throw e;
      }
    }
  }

  @Override
  public Diagnosis diagnose(Evidence evidence) {
    Answer answer = ask(EvidenceJson.write(evidence));
    if (answer.exit() == NOT_FOUND || answer.exit() == CANNOT_EXECUTE) {
      throw new EngineException(
          "the engine command '%s' cannot be run: %s; check --engine-command"
              .formatted(command, answer.firstError()),
          true);
    }
    if (answer.exit() != 0) {
      throw failed("ended with exit code " + answer.exit() + ": " + answer.firstError());
    }
    try {
      return DiagnosisJson.read(answer.output());
    } catch (IllegalArgumentException e) {
      String said = answer.error().isBlank() ? "" : " (on stderr: " + answer.firstError() + ")";
      throw failed("gave an answer that is no diagnosis: " + e.getMessage() + said);
    }
  }

  private Answer ask(String evidence) {
    Process process;
    try {
      process = new ProcessBuilder("sh", "-c", command).directory(directory.toFile()).start();
    } catch (IOException e) {
      throw failed("cannot be started: " + e.getMessage());
    }
    try {
      CompletableFuture<String> output = readAll(process.getInputStream());
      CompletableFuture<String> error = readAll(process.getErrorStream());
      CompletableFuture<Void> input = CompletableFuture.runAsync(() -> send(process, evidence));
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed("has not answered within " + timeout.toSeconds() + " s");
      }
      input.join();
      return new Answer(process.exitValue(), output.join(), error.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void send(Process process, String evidence) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(evidence.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // An engine need not read all that it is given; its answer decides.
    }
  }

  private static CompletableFuture<String> readAll(InputStream stream) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (stream) {
                result.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
              } catch (IOException e) {
                result.completeExceptionally(new UncheckedIOException(e));
              }
            },
            "engine-output");
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private EngineException failed(String how) {
    return new EngineException("the engine command '" + command + "' " + how, false);
  }

  private record Answer(int exit, String output, String error) {
    String firstError() {
      return error.lines().findFirst().orElse("it wrote nothing to stderr").strip();
    }
  }
}
