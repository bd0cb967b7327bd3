package vpnlab.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code ipconfig}, {@code Get-Service} and {@code netstat} show on a host.
 *
 * @param host the host's name
 * @param addresses IPv4 addresses of its interfaces
 * @param services Windows service name (e.g. {@code RemoteAccess}, {@code IKEEXT}, {@code IAS}) to
 *     {@code Running} or {@code Stopped}
 * @param listeners open ports as {@code udp/10.0.0.2:1812}
 */
public record HostFacts(
    String host, List<String> addresses, Map<String, String> services, List<String> listeners) {
  public HostFacts {
    addresses = List.copyOf(addresses);
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    listeners = List.copyOf(listeners);
  }
}
