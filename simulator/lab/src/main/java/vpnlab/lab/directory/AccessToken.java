package vpnlab.lab.directory;

import java.util.Set;

/**
 * Who somebody is to the directory: computed once, when he binds, and kept as long as he stays
 * bound. What happens to his groups later does not change it.
 */
record AccessToken(String name, Set<Sid> sids) {
  AccessToken {
    sids = Set.copyOf(sids);
  }
}
