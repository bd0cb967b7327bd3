package vpnlab.lab.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Addresses in a lab file that contradict each other. */
final class AddressCheck {
  private final LabSpec lab;
  private final SpecReader document;

  AddressCheck(LabSpec lab, SpecReader document) {
    this.lab = lab;
    this.document = document;
  }

  void run() {
    adapter();
    scopes();
  }

  /** The interface on which RRAS asks for leases must be one that it has. */
  private void adapter() {
    NetworkSpec.HostSpec host = lab.network().hosts().get(lab.rras().host());
    if (host == null) {
      return;
    }
    lab.rras()
        .pool()
        .dhcp()
        .map(RrasSpec.DhcpPoolSpec::adapter)
        .filter(adapter -> !adapter.isEmpty() && !host.interfaces().containsKey(adapter))
        .ifPresent(adapter -> noSuchAdapter(adapter, host.interfaces().keySet()));
  }

  private void noSuchAdapter(String adapter, Collection<String> known) {
    document.problem(
        List.of("rras", "pool", "dhcp", "adapter"),
        "is '" + adapter + "', a segment that " + lab.rras().host() + " has no interface on",
        Nearest.suggestion(adapter, known));
  }

  /** A server cannot lease the same address twice. */
  private void scopes() {
    List<Map.Entry<String, DhcpSpec.ScopeSpec>> all =
        new ArrayList<>(lab.dhcp().scopes().entrySet());
    if (lab.dhcp().host().isEmpty() && !all.isEmpty()) {
      document.problem("dhcp", "has scopes, but no host that serves them", "");
    }
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        String range = all.get(i).getValue().range();
        String earlier = all.get(j).getValue().range();
        if (!range.isEmpty()
            && !earlier.isEmpty()
            && AddressRange.parse(range).overlaps(AddressRange.parse(earlier))) {
          String name = all.get(i).getKey();
          String message =
              "overlaps the range " + earlier + " of the scope '" + all.get(j).getKey() + "'";
          document.problem(List.of("dhcp", "scopes", name, "range"), message, "");
        }
      }
    }
  }
}
