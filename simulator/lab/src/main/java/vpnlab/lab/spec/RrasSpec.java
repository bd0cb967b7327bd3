package vpnlab.lab.spec;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.protocol.ike.IkeProposals;
import vpnlab.protocol.ike.Mobility;
import vpnlab.wire.ip.Ipv4Address;

/**
 * The Routing and Remote Access server.
 *
 * @param host its host
 * @param running whether the service runs
 * @param ikev2 whether it serves IKEv2
 * @param proposals IKE proposals that it accepts; empty for all that Windows knows
 * @param authentication methods that it accepts: {@code eap}, {@code machine-certificate}, {@code
 *     psk}
 * @param sendChain whether intermediate certificates go with its own
 * @param fragmentation whether it accepts IKE fragmentation (RFC 7383)
 * @param mobike whether clients may change their addresses (RFC 4555)
 * @param networkOutageTime how long a client that does not answer is waited for, at least two
 *     minutes (MS-RRASM section 2.2.3.4.2.2)
 * @param lanAccess whether clients may reach the network behind the server, or the server only
 * @param radius RADIUS servers by name
 * @param provider who decides about users
 * @param eapMethods what users may authenticate by when RRAS decides itself, in that order
 */
public record RrasSpec(
    String host,
    boolean running,
    boolean ikev2,
    List<String> proposals,
    List<String> authentication,
    String preSharedKey,
    boolean sendChain,
    boolean fragmentation,
    boolean mobike,
    Duration networkOutageTime,
    boolean lanAccess,
    PoolSpec pool,
    Map<String, RadiusServerSpec> radius,
    Provider provider,
    List<String> eapMethods) {

  /** Who decides about users (the server's authentication provider). */
  public enum Provider {
    /** RADIUS servers. */
    RADIUS,
    /** The server itself, which asks the domain. */
    WINDOWS,
    /** The same, as a server of Windows NT 4.0 does: accounts are read without a name. */
    WINDOWS_NT4
  }

  private static final Duration LEAST_OUTAGE_TIME = Duration.ofSeconds(120);

  private static Duration outageTime(SpecReader r) {
    Duration time = r.duration("networkOutageTime", Mobility.OUTAGE_LIMIT);
    if (time.compareTo(LEAST_OUTAGE_TIME) < 0) {
      r.problem("networkOutageTime", "is less than 120 s", "RRAS takes 120 s and more");
    }
    return time;
  }

  private static void checkMethod(String text) {
    List<String> known = List.of("eap", "machine-certificate", "psk");
    if (!known.contains(text)) {
      throw new IllegalArgumentException("known: " + String.join(", ", known));
    }
  }

  private static void checkEapMethod(String text) {
    List<String> known = List.of("eap-mschapv2", "eap-tls", "peap-eap-mschapv2", "peap-eap-tls");
    if (!known.contains(text)) {
      throw new IllegalArgumentException("known: " + String.join(", ", known));
    }
  }

  static RrasSpec of(SpecReader r) {
    return new RrasSpec(
        r.requiredText("host"),
        r.bool("running", true),
        r.bool("ikev2", true),
        r.checkedTexts("proposals", IkeProposals::ike),
        r.checkedTexts("authentication", RrasSpec::checkMethod),
        r.text("preSharedKey", ""),
        r.bool("sendChain", true),
        r.bool("fragmentation", true),
        r.bool("mobike", true),
        outageTime(r),
        r.oneOf("lanAccess", "all", List.of("all", "server-only")).equals("all"),
        r.map("pool", PoolSpec::of),
        r.maps("radius", RadiusServerSpec::of),
        r.constant("provider", Provider.RADIUS),
        r.has("eapMethods")
            ? r.checkedTexts("eapMethods", RrasSpec::checkEapMethod)
            : List.of("eap-mschapv2", "eap-tls"));
  }

  /**
   * Addresses for clients.
   *
   * @param range {@code 10.8.0.0/24} or {@code 10.8.0.10-10.8.0.250}, or several of them, separated
   *     by commas; empty for a pool without addresses
   * @param nameServers those of RRAS's own adapter, handed out with the address; without any, those
   *     that DHCP tells the adapter
   * @param dhcp present when addresses come from DHCP instead of a range
   */
  public record PoolSpec(String range, List<String> nameServers, Optional<DhcpPoolSpec> dhcp) {
    private static void checkRange(String text) {
      if (!text.isEmpty()) {
        AddressRange.parseAll(text);
      }
    }

    static PoolSpec of(SpecReader r) {
      String range = r.checkedText("range", "", PoolSpec::checkRange);
      boolean leased = r.has("dhcp");
      if (leased && !range.isEmpty()) {
        r.problem(
            "dhcp", "and a static range exclude each other", "write 'range: null' to use DHCP");
      }
      return new PoolSpec(
          range,
          r.checkedTexts("nameServers", Ipv4Address::parse),
          leased ? Optional.of(r.map("dhcp", DhcpPoolSpec::of)) : Optional.empty());
    }
  }

  /**
   * Addresses from DHCP.
   *
   * @param adapter the segment of the interface on which RRAS asks; empty lets it take its first
   * @param block how many addresses it leases at a time
   */
  public record DhcpPoolSpec(String adapter, int block) {
    static DhcpPoolSpec of(SpecReader r) {
      return new DhcpPoolSpec(r.text("adapter", ""), r.integer("block", 10, 1, 1000));
    }
  }

  /**
   * A RADIUS server as RRAS knows it.
   *
   * @param accounting whether sessions are reported to it
   */
  public record RadiusServerSpec(
      String address,
      int port,
      int accountingPort,
      boolean accounting,
      String secret,
      Duration timeout,
      int retries) {
    static RadiusServerSpec of(SpecReader r) {
      return new RadiusServerSpec(
          r.checkedText("address", "", Ipv4Address::parse),
          r.integer("port", 1812, 1, 65535),
          r.integer("accountingPort", 1813, 1, 65535),
          r.bool("accounting", true),
          r.requiredText("secret"),
          r.duration("timeout", Duration.ofSeconds(5), Duration.ofMillis(1)),
          r.integer("retries", 2, 0, 20));
    }
  }
}
