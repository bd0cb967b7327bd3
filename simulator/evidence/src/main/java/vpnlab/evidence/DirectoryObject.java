package vpnlab.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object of the domain's directory, as an administrator's tools list it (Active Directory Users
 * and Computers, {@code Get-ADObject}, {@code dsacls}). Secrets are not shown.
 *
 * @param dn its distinguished name
 * @param attributes by name as the directory spells it; {@code objectSid} is written {@code
 *     S-1-...}, {@code nTSecurityDescriptor} in SDDL
 */
public record DirectoryObject(String dn, Map<String, List<String>> attributes) {
  public DirectoryObject {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    attributes.forEach((name, values) -> copy.put(name, List.copyOf(new ArrayList<>(values))));
    attributes = Collections.unmodifiableMap(copy);
  }

  /** The values of an attribute, whose name is compared without regard to case. */
  public List<String> values(String attribute) {
    return attributes.entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(attribute))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(List.of());
  }
}
