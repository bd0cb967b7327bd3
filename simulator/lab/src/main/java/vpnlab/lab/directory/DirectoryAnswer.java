package vpnlab.lab.directory;

/** What came of asking the directory. */
public sealed interface DirectoryAnswer {
  /** It answered, or the computer knows for itself that it has no domain to ask. */
  record Found(Directory directory) implements DirectoryAnswer {}

  /**
   * Nobody answered, or nobody that would hear this computer.
   *
   * @param why for people
   */
  record Unavailable(String why) implements DirectoryAnswer {}
}
