package vpnlab.runner.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import vpnlab.diagnosis.DiagnosticEngine;

/** Where engines come from. */
public final class Engines {
  /** How long an external engine may take for one diagnosis. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  private Engines() {}

  /** The engine on the class path that {@link ServiceLoader} finds first: vpnlab's own. */
  public static DiagnosticEngine standard() {
    return ServiceLoader.load(DiagnosticEngine.class)
        .findFirst()
        .orElseThrow(() -> new EngineException("no diagnostic engine is on the class path", true));
  }

  /** The command's engine, which is checked to exist, or the standard one for an empty command. */
  public static DiagnosticEngine of(String command, Path directory) {
    if (command == null || command.isBlank()) {
      return standard();
    }
    ExternalEngine engine = new ExternalEngine(command, directory, TIMEOUT);
    engine.check();
    return engine;
  }
}
