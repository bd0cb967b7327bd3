package vpnlab.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code ipconfig}, {@code Get-Service}, {@code netstat} and the tools of its services show on
 * a host.
 *
 * @param host the host's name
 * @param addresses IPv4 addresses of its interfaces
 * @param services Windows service name (e.g. {@code RemoteAccess}, {@code IKEEXT}, {@code IAS}) to
 *     {@code Running} or {@code Stopped}
 * @param listeners open ports as {@code udp/10.0.0.2:1812}
 * @param settings what {@code systeminfo} and {@code netsh} show, by the name of the setting, e.g.
 *     {@code Domain} or {@code AuthenticationProvider}
 * @param directory what Active Directory Users and Computers lists, on a domain controller whose
 *     directory service runs
 */
public record HostFacts(
    String host,
    List<String> addresses,
    Map<String, String> services,
    List<String> listeners,
    Map<String, String> settings,
    List<DirectoryObject> directory) {
  public HostFacts {
    addresses = List.copyOf(addresses);
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    listeners = List.copyOf(listeners);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    directory = List.copyOf(directory);
  }

  /** A host without settings of interest and without a directory. */
  public HostFacts(
      String host, List<String> addresses, Map<String, String> services, List<String> listeners) {
    this(host, addresses, services, listeners, Map.of(), List.of());
  }

  /** The same with these settings. */
  public HostFacts withSettings(Map<String, String> shown) {
    return new HostFacts(host, addresses, services, listeners, shown, directory);
  }

  /** The same with this listing of a directory. */
  public HostFacts withDirectory(List<DirectoryObject> objects) {
    return new HostFacts(host, addresses, services, listeners, settings, objects);
  }
}
