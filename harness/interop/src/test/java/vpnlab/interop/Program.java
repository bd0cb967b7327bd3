package vpnlab.interop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a program of the machine is. */
final class Program {
  private Program() {}

  /**
   * The file of that name on the search path, or where Debian keeps an administrator's programs.
   */
  static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Like {@link #find}; the test that gets here has said with {@link NeedsPeer} that it is there.
   */
  static Path named(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(name + " is not installed"));
  }
}
