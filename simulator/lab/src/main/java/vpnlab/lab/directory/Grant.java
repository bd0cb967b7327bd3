package vpnlab.lab.directory;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An entry of an access control list that lets its trustee read attributes (MS-ADTS section
 * 5.1.3.2, RIGHT_DS_READ_PROPERTY); nothing else can be granted here, and nothing denied.
 *
 * @param attributes lower case; empty for all that are no secrets
 */
record Grant(Sid trustee, Set<String> attributes) {
  Grant {
    attributes =
        attributes.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean lets(AccessToken token, String attribute) {
    return token.sids().contains(trustee)
        && (attributes.isEmpty()
            ? !DirectoryEntry.isSecret(attribute)
            : attributes.contains(attribute));
  }
}
