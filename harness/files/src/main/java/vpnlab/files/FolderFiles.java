package vpnlab.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files below a folder, links followed and each file taken once, however many links lead to it.
 * What cannot be entered does not hinder the rest.
 *
 * @param files in the order of their names
 * @param failures what could not be had, by path, and why
 * @param octets of all files
 */
record FolderFiles(List<Path> files, Map<Path, String> failures, long octets) {
  /**
   * Looks below {@code folder}, which may also be a single file.
   *
   * @throws IOException when the file system itself fails
   */
  static FolderFiles of(Path folder) throws IOException {
    Walk walk = new Walk(folder);
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    long octets = walk.files.values().stream().mapToLong(Long::longValue).sum();
    return new FolderFiles(new ArrayList<>(walk.files.keySet()), walk.failures, octets);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Map<Path, Long> files = new TreeMap<>();
    private final Map<Path, String> failures = new TreeMap<>();
    private final Map<Object, Path> known = new HashMap<>();

    Walk(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink()) {
        failures.put(file, "a link to nothing");
      }
      if (!attributes.isRegularFile()) {
        return FileVisitResult.CONTINUE;
      }
      Object key = attributes.fileKey() == null ? file.toRealPath() : attributes.fileKey();
      Path other = known.get(key);
      Path taken = other == null || !isReal(other) && isReal(file) ? file : other;
      known.put(key, taken);
      files.put(taken, attributes.size());
      if (other != null) {
        Path left = taken.equals(file) ? other : file;
        files.remove(left);
        failures.put(left, "the same file as " + folder.relativize(taken));
      }
      return FileVisitResult.CONTINUE;
    }

    /** Whether no link below the folder leads to it. */
    private boolean isReal(Path file) throws IOException {
      return file.toRealPath().equals(folder.toRealPath().resolve(folder.relativize(file)));
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      failures.put(
          file,
          why instanceof FileSystemLoopException
              ? "a link back to a folder above it"
              : "cannot be read: " + reason(why));
      return FileVisitResult.CONTINUE;
    }
  }

  /** Why something cannot be read, for people. */
  static String reason(IOException why) {
    if (why instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (why instanceof NoSuchFileException) {
      return "it is gone";
    }
    return String.valueOf(why.getMessage());
  }
}
