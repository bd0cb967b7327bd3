package vpnlab.lab.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.protocol.dhcp.DhcpScope;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/**
 * The DHCP server.
 *
 * @param host its host, empty for none
 * @param running whether the service runs
 */
public record DhcpSpec(String host, boolean running, Map<String, ScopeSpec> scopes) {
  static DhcpSpec of(SpecReader r) {
    return new DhcpSpec(
        r.text("host", ""), r.bool("running", true), r.maps("scopes", ScopeSpec::of));
  }

  /** The scopes in the protocol's own words; what a problem was noted about is left out. */
  public List<DhcpScope> toScopes() {
    List<DhcpScope> result = new ArrayList<>();
    scopes.forEach((name, scope) -> scope.toScope(name).ifPresent(result::add));
    return result;
  }

  /**
   * What is leased on one network.
   *
   * @param subnet CIDR notation
   * @param range {@code 10.0.0.100-10.0.0.199}, within the subnet
   * @param exclude ranges or addresses that are not leased
   * @param routers option 3; empty for none
   * @param nameServers option 6; empty for none
   * @param domain option 15; empty for none
   */
  public record ScopeSpec(
      String subnet,
      String range,
      List<String> exclude,
      Duration lease,
      List<String> routers,
      List<String> nameServers,
      String domain) {
    private static final Duration LEAST_LEASE = Duration.ofMinutes(1);

    static ScopeSpec of(SpecReader r) {
      r.requiredText("subnet");
      r.requiredText("range");
      ScopeSpec scope =
          new ScopeSpec(
              r.checkedText("subnet", "", Ipv4Network::parse),
              r.checkedText("range", "", AddressRange::parse),
              r.checkedTexts("exclude", AddressRange::parse),
              r.duration("lease", Duration.ofDays(8)),
              r.checkedTexts("routers", Ipv4Address::parse),
              r.checkedTexts("nameServers", Ipv4Address::parse),
              r.text("domain", ""));
      scope.check(r);
      return scope;
    }

    private void check(SpecReader r) {
      if (lease.compareTo(LEAST_LEASE) < 0) {
        r.problem("lease", "is shorter than a minute", "");
      }
      if (subnet.isEmpty() || range.isEmpty()) {
        return; // was complained of
      }
      AddressRange addresses = AddressRange.parse(range);
      if (!isWithin(addresses)) {
        r.problem("range", "is not within the scope's subnet " + subnet, "");
      }
      for (String each : exclude) {
        if (isRange(each) && !AddressRange.parse(each).overlaps(addresses)) {
          r.problem("exclude", "has '" + each + "', which is not in the range " + range, "");
        }
      }
    }

    private static boolean isRange(String text) {
      try {
        AddressRange.parse(text);
        return true;
      } catch (IllegalArgumentException e) {
        return false; // was complained of
      }
    }

    private boolean isWithin(AddressRange addresses) {
      Ipv4Network network = Ipv4Network.parse(subnet);
      return network.contains(addresses.first()) && network.contains(addresses.last());
    }

    private Optional<DhcpScope> toScope(String name) {
      if (subnet.isEmpty() || range.isEmpty() || !isWithin(AddressRange.parse(range))) {
        return Optional.empty();
      }
      AddressRange addresses = AddressRange.parse(range);
      return Optional.of(
          new DhcpScope(
              name,
              Ipv4Network.parse(subnet),
              addresses.first(),
              addresses.last(),
              exclude.stream()
                  .map(AddressRange::parse)
                  .map(each -> new DhcpScope.Exclusion(each.first(), each.last()))
                  .toList(),
              lease,
              routers.stream().map(Ipv4Address::parse).toList(),
              nameServers.stream().map(Ipv4Address::parse).toList(),
              domain));
    }
  }
}
