package vpnlab.lab.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.protocol.radius.AddressRange;
import vpnlab.protocol.x509.KeyPurpose;

/**
 * The Network Policy Server.
 *
 * @param authenticationPorts where it takes Access-Requests
 * @param accountingPorts where it takes Accounting-Requests
 * @param clients RADIUS clients by their friendly names
 * @param connectionRequestPolicies who decides about a request, tried before the others
 * @param policies network policies
 * @param audit whether the audit subcategory "Network Policy Server" is on, without which the
 *     Security log has none of its events
 */
public record NpsSpec(
    String host,
    boolean running,
    List<Integer> authenticationPorts,
    List<Integer> accountingPorts,
    Map<String, RadiusClientSpec> clients,
    Map<String, ConnectionRequestPolicySpec> connectionRequestPolicies,
    Map<String, PolicySpec> policies,
    boolean audit,
    LogSpec log,
    RevocationSpec revocation,
    AccountLockoutSpec accountLockout) {

  /** What an NPS has that nobody has configured. */
  private static final Map<String, ConnectionRequestPolicySpec> DEFAULT_REQUEST_POLICIES =
      Map.of(
          "Use Windows authentication for all users",
          new ConnectionRequestPolicySpec(1_000_000, PolicyConditions.NONE, true));

  /** Methods without EAP, by NPS's own names in lower case. */
  public static final List<String> PLAIN_METHODS = List.of("pap", "chap", "ms-chap", "ms-chap-v2");

  /** EAP methods. */
  public static final List<String> EAP_METHODS =
      List.of("eap-mschapv2", "eap-tls", "peap-eap-mschapv2", "peap-eap-tls");

  private static void checkMethod(String text) {
    List<String> known = new ArrayList<>(EAP_METHODS);
    known.addAll(PLAIN_METHODS);
    if (!known.contains(text)) {
      throw new IllegalArgumentException(
          Nearest.of(text, known)
              .map(name -> "did you mean '" + name + "'?")
              .orElseGet(() -> "known: " + String.join(", ", known)));
    }
  }

  static NpsSpec of(SpecReader r) {
    Map<String, ConnectionRequestPolicySpec> requests = new LinkedHashMap<>();
    requests.putAll(r.maps("connectionRequestPolicies", ConnectionRequestPolicySpec::of));
    return new NpsSpec(
        r.requiredText("host"),
        r.bool("running", true),
        ports(r, "authenticationPorts", List.of(1812, 1645)),
        ports(r, "accountingPorts", List.of(1813, 1646)),
        r.maps("clients", RadiusClientSpec::of),
        requests.isEmpty() ? DEFAULT_REQUEST_POLICIES : requests,
        r.maps("policies", PolicySpec::of),
        r.bool("audit", true),
        r.map("log", LogSpec::of),
        r.map("revocation", RevocationSpec::of),
        r.map("accountLockout", AccountLockoutSpec::of));
  }

  private static List<Integer> ports(SpecReader r, String key, List<Integer> otherwise) {
    if (!r.has(key)) {
      return otherwise;
    }
    List<Integer> ports = new ArrayList<>();
    r.checkedTexts(
        key,
        text -> {
          if (!text.matches("\\d{1,5}")
              || Integer.parseInt(text) < 1
              || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException("no port from 1 to 65535");
          }
          ports.add(Integer.valueOf(text));
        });
    if (ports.isEmpty()) {
      r.problem(key, "needs a port", "leave the key out for " + otherwise);
      return otherwise;
    }
    return List.copyOf(ports);
  }

  /** With these RADIUS clients instead of its own. */
  public NpsSpec withClients(Map<String, RadiusClientSpec> others) {
    return new NpsSpec(
        host,
        running,
        authenticationPorts,
        accountingPorts,
        others,
        connectionRequestPolicies,
        policies,
        audit,
        log,
        revocation,
        accountLockout);
  }

  /**
   * A RADIUS client by address or CIDR.
   *
   * @param requireMessageAuthenticator whether its Access-Requests need a Message-Authenticator
   *     even without EAP
   */
  public record RadiusClientSpec(
      String address, String secret, boolean requireMessageAuthenticator) {
    static RadiusClientSpec of(SpecReader r) {
      return new RadiusClientSpec(
          r.checkedText("address", "", AddressRange::parse),
          r.requiredText("secret"),
          r.bool("requireMessageAuthenticator", false));
    }
  }

  /**
   * A connection request policy.
   *
   * @param order policies are tried from the smallest on
   * @param authenticates whether credentials are checked here; else everybody is accepted without
   */
  public record ConnectionRequestPolicySpec(
      int order, PolicyConditions conditions, boolean authenticates) {
    static ConnectionRequestPolicySpec of(SpecReader r) {
      return new ConnectionRequestPolicySpec(
          r.integer("order", 1, 0, 1_000_000),
          PolicyConditions.of(r),
          r.oneOf("authentication", "windows", List.of("windows", "none")).equals("windows"));
    }
  }

  /**
   * A network policy.
   *
   * @param order policies are tried from the smallest on
   * @param grant whether a match grants or denies access to those whose account leaves it to the
   *     policy
   * @param ignoreDialIn whether the dial-in properties of accounts do not count
   * @param methods allowed authentication methods, those of EAP in order of preference; those
   *     inside PEAP are written {@code peap-eap-mschapv2} and {@code peap-eap-tls}
   * @param allowedCertificateOids purposes of which a client's certificate must have one; empty: no
   *     such demand
   */
  public record PolicySpec(
      int order,
      PolicyConditions conditions,
      boolean grant,
      boolean ignoreDialIn,
      List<String> methods,
      PeapSpec peap,
      PolicyConstraints constraints,
      PolicySettings settings,
      List<String> allowedCertificateOids) {
    static PolicySpec of(SpecReader r) {
      return new PolicySpec(
          r.integer("order", 1, 0, 1_000_000),
          PolicyConditions.of(r),
          r.oneOf("access", "grant", List.of("grant", "deny")).equals("grant"),
          r.bool("ignoreDialIn", false),
          r.checkedTexts("methods", NpsSpec::checkMethod),
          r.map("peap", PeapSpec::of),
          r.map("constraints", PolicyConstraints::of),
          r.map("settings", PolicySettings::of),
          r.checkedTexts("allowedCertificateOids", KeyPurpose::parse));
    }
  }

  /** The formats of the log file. */
  public enum LogFormat {
    /** The database-compatible one, which the console calls ODBC (Legacy). */
    CSV,
    /** The DTS-compliant one, in XML. */
    DTS
  }

  /**
   * The accounting log.
   *
   * @param enabled NPS writes none unless somebody has configured it
   */
  public record LogSpec(boolean enabled, LogFormat format) {
    static LogSpec of(SpecReader r) {
      return new LogSpec(r.bool("enabled", false), r.constant("format", LogFormat.CSV));
    }
  }
}
