package vpnlab.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vpnlab.lab.spec.DirectorySpec.ComputerSpec;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.RrasSpec;

/** What the tools of a host show of its own configuration. */
final class HostSettings {
  private HostSettings() {}

  static Map<String, String> of(LabSpec lab, String host) {
    Map<String, String> settings = new LinkedHashMap<>();
    ComputerSpec computer = lab.directory().computers().get(host);
    boolean controller = host.equals(lab.directory().host());
    if (computer != null || controller || isServer(lab, host)) {
      boolean member = controller || computer != null && computer.joined();
      settings.put("Domain", member ? lab.directory().domain() : "WORKGROUP");
    }
    if (host.equals(lab.rras().host())) {
      rras(lab.rras(), settings);
    }
    return settings;
  }

  private static boolean isServer(LabSpec lab, String host) {
    return List.of(lab.rras().host(), lab.nps().host()).contains(host);
  }

  /** {@code netsh ras show authtype}, {@code netsh ras aaaa show authentication}. */
  private static void rras(RrasSpec rras, Map<String, String> settings) {
    boolean old = rras.provider() == RrasSpec.Provider.WINDOWS_NT4;
    settings.put("ProductName", old ? "Windows NT 4.0 Server" : "Windows Server");
    settings.put(
        "AuthenticationProvider",
        rras.provider() == RrasSpec.Provider.RADIUS ? "RADIUS" : "Windows");
    settings.put(
        "RadiusServers",
        String.join(
            ", ",
            rras.radius().values().stream()
                .map(server -> server.address() + ":" + server.port())
                .toList()));
    settings.put(
        "AuthenticationTypes", String.join(", ", rras.authentication()).toLowerCase(Locale.ROOT));
  }
}
