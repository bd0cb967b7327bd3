package vpnlab.diagnosis.facts;

import java.util.Locale;

/** Names of accounts as logs write them. */
public final class Account {
  private Account() {}

  /** Whether both may be the same account, domain and case aside; an empty name fits every one. */
  public static boolean same(String one, String other) {
    return one.isBlank() || other.isBlank() || name(one).equals(name(other));
  }

  /**
   * {@code alice} of {@code CORP\alice}, {@code alice@corp.example} and the canonical {@code
   * corp.example/Users/Alice}, in lower case.
   */
  public static String name(String logged) {
    String name = logged.substring(logged.lastIndexOf('\\') + 1);
    name = name.substring(name.lastIndexOf('/') + 1);
    int at = name.indexOf('@');
    return (at < 0 ? name : name.substring(0, at)).toLowerCase(Locale.ROOT);
  }
}
