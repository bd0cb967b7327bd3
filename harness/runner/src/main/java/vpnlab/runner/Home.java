package vpnlab.runner;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where vpnlab's own folders are. */
public record Home(Path root) {
  /**
   * The folder that the system property {@code vpnlab.home} or the environment variable {@code
   * VPNLAB_HOME} names, else the nearest one above the working directory that holds {@code
   * scenarios/labs}.
   */
  public static Home find() {
    String named = System.getProperty("vpnlab.home", System.getenv("VPNLAB_HOME"));
    if (named != null && !named.isEmpty()) {
      return new Home(Path.of(named).toAbsolutePath().normalize());
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("scenarios/labs"))) {
        return new Home(folder);
      }
    }
    return new Home(here);
  }

  public Path scenarios() {
    return root.resolve("scenarios");
  }

  public Path labs() {
    return scenarios().resolve("labs");
  }

  /** The ways in which remote access fails. */
  public Path failureModes() {
    return scenarios().resolve("failure-modes.csv");
  }

  public Path features() {
    return root.resolve("features");
  }
}
