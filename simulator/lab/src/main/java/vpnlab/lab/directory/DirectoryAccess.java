package vpnlab.lab.directory;

import java.util.function.Consumer;

/** A server's way to the domain's directory. */
public interface DirectoryAccess {
  /** Everybody, for methods that say only later who the user is. */
  String EVERYBODY = "*";

  /**
   * Asks for the account of one user, or for all.
   *
   * @param user {@code alice}, {@code alice@corp.example}, {@code CORP\alice} or {@link #EVERYBODY}
   * @param then hears the answer, once, on the lab's thread, mostly later
   */
  void lookUp(String user, Consumer<DirectoryAnswer> then);
}
