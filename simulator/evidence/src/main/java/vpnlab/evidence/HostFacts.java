package vpnlab.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code ipconfig}, {@code Get-Service}, {@code netstat} and {@code route print} show on a
 * host, or a router's console of its addresses and routes.
 *
 * @param host the host's name
 * @param addresses IPv4 addresses of its interfaces
 * @param services Windows service name (e.g. {@code RemoteAccess}, {@code IKEEXT}, {@code IAS}) to
 *     {@code Running} or {@code Stopped}
 * @param listeners open ports as {@code udp/10.0.0.2:1812}
 * @param routes the routing table: {@code 10.0.0.0/24 on-link 10.0.0.2}, {@code 10.8.0.0/24 via
 *     10.0.0.2} or {@code 0.0.0.0/0 tunnel corp-ikev2}; empty when it is not known
 * @param routing whether it passes on packets that are for others ("IP Routing Enabled")
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
    List<String> routes,
    boolean routing,
    Map<String, String> settings,
    List<DirectoryObject> directory) {
  public HostFacts {
    addresses = List.copyOf(addresses);
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    listeners = List.copyOf(listeners);
    routes = List.copyOf(routes);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    directory = List.copyOf(directory);
  }

  /** A host without settings of interest and without a directory. */
  public HostFacts(
      String host,
      List<String> addresses,
      Map<String, String> services,
      List<String> listeners,
      List<String> routes,
      boolean routing) {
    this(host, addresses, services, listeners, routes, routing, Map.of(), List.of());
  }

  /** What is known of a host whose routes nobody has looked at. */
  public HostFacts(
      String host, List<String> addresses, Map<String, String> services, List<String> listeners) {
    this(host, addresses, services, listeners, List.of(), false);
  }

  /** The same with these settings. */
  public HostFacts withSettings(Map<String, String> shown) {
    return new HostFacts(host, addresses, services, listeners, routes, routing, shown, directory);
  }

  /** The same with this listing of a directory. */
  public HostFacts withDirectory(List<DirectoryObject> objects) {
    return new HostFacts(host, addresses, services, listeners, routes, routing, settings, objects);
  }
}
