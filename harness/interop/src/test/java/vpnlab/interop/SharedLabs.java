package vpnlab.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Labs that all tests of a run share, for those that leave them as they found them: starting one
 * costs seconds. Each starts when it is first asked for and ends with the run.
 */
final class SharedLabs {
  private final ExtensionContext.Store store;

  private SharedLabs(ExtensionContext.Store store) {
    this.store = store;
  }

  RunningLab of(String scenario) {
    return store.getOrComputeIfAbsent(scenario, Held::start, Held.class).lab();
  }

  private record Held(Path folder, RunningLab lab)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    static Held start(String scenario) {
      Path folder =
          ChildProcess.folder(Path.of(System.getProperty("java.io.tmpdir")), "vpnlab-shared");
      return new Held(folder, RunningLab.up(folder, scenario));
    }

    @Override
    public void close() throws IOException {
      lab.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Hands them to tests as a parameter. */
  static final class Shared implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(SharedLabs.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == SharedLabs.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return new SharedLabs(context.getRoot().getStore(NAMESPACE));
    }
  }
}
