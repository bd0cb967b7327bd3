package vpnlab.diagnosis.facts;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.evidence.DirectoryObject;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.RasError;

/** The domain's directory as its tools list it, and what servers logged about asking it. */
public final class DomainView {
  public static final String SERVERS_GROUP = "RAS and IAS Servers";
  public static final String OLD_SERVERS_GROUP = "Pre-Windows 2000 Compatible Access";
  private static final String ACCESS_CHECK = "RAS and IAS Servers Access Check";
  private static final String NETLOGON = "NETLOGON";
  private static final String WORKGROUP = "WORKGROUP";
  private static final int ACCESS_DENIED = 5;
  private static final int NO_LOGON_SERVERS = 1311;
  private static final int NPS_ACCESS_DENIED = 2;
  private static final int SECURITY_DOMAIN_LOCAL = 0x80000004;

  private final Facts facts;

  DomainView(Facts facts) {
    this.facts = facts;
  }

  /** The domain controller whose listing the evidence has. */
  public Optional<HostFacts> controller() {
    return facts.hosts().stream().filter(host -> !host.directory().isEmpty()).findFirst();
  }

  private List<DirectoryObject> objects() {
    return controller().map(HostFacts::directory).orElse(List.of());
  }

  /** The object of that class and name. */
  public Optional<DirectoryObject> object(String objectClass, String name) {
    return objects().stream()
        .filter(object -> object.values("objectClass").contains(objectClass))
        .filter(object -> object.values("cn").stream().anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }

  /**
   * The account of a user, not of a computer: of {@code alice}, {@code CORP\alice}, {@code
   * alice@corp.example} or whatever its userPrincipalName is.
   */
  public Optional<DirectoryObject> user(String name) {
    List<DirectoryObject> users =
        objects().stream()
            .filter(object -> object.values("objectClass").contains("user"))
            .filter(object -> !object.values("objectClass").contains("computer"))
            .toList();
    return having(users, "userPrincipalName", name)
        .or(
            () ->
                namesAnotherDomain(name)
                    ? Optional.empty()
                    : having(users, "sAMAccountName", Account.name(name)));
  }

  private static Optional<DirectoryObject> having(
      List<DirectoryObject> objects, String attribute, String value) {
    return objects.stream()
        .filter(object -> object.values(attribute).stream().anyMatch(value::equalsIgnoreCase))
        .findFirst();
  }

  /** Whether a user's name is of another domain than the one that the controller lists. */
  private boolean namesAnotherDomain(String name) {
    int backslash = name.lastIndexOf('\\');
    String domain = domain();
    if (domain.isEmpty()) {
      return false;
    } else if (backslash >= 0) {
      String named = name.substring(0, backslash);
      return !named.equalsIgnoreCase(domain) && !named.equalsIgnoreCase(domain.split("\\.")[0]);
    }
    int at = name.lastIndexOf('@');
    return at >= 0 && !name.substring(at + 1).equalsIgnoreCase(domain);
  }

  /** As the objects' distinguished names have it, {@code corp.example}; empty without any. */
  private String domain() {
    return objects().stream()
        .map(DirectoryObject::dn)
        .filter(dn -> dn.toUpperCase(Locale.ROOT).contains("DC="))
        .findFirst()
        .map(
            dn ->
                Arrays.stream(dn.split(","))
                    .map(String::strip)
                    .filter(part -> part.regionMatches(true, 0, "DC=", 0, 3))
                    .map(part -> part.substring(3))
                    .collect(Collectors.joining(".")))
        .orElse("");
  }

  /** The group whose members may read remote access properties. */
  public Optional<DirectoryObject> serversGroup() {
    return object("group", SERVERS_GROUP);
  }

  /** MS-ADTS section 2.2.12: a security group whose scope is domain local. */
  public static boolean isSecurityDomainLocal(DirectoryObject group) {
    return group.values("groupType").contains(Integer.toString(SECURITY_DOMAIN_LOCAL));
  }

  /** Whether the list of the access check object lets the group that came with the domain read. */
  public boolean accessCheckLetsRead() {
    return objects().stream()
        .filter(object -> object.values("cn").contains(ACCESS_CHECK))
        .flatMap(object -> object.values("nTSecurityDescriptor").stream())
        .anyMatch(text -> text.matches(".*\\(A;;[A-Z]*RP[A-Z]*;;;S-1-5-21-[-0-9]*-553\\).*"));
  }

  /** Whether a member stands in the group, or in a group that stands in it. */
  public boolean isMember(DirectoryObject group, String memberDn) {
    return isMember(group, memberDn, new HashSet<>());
  }

  private boolean isMember(DirectoryObject group, String memberDn, Set<String> seen) {
    return seen.add(group.dn())
        && group.values("member").stream()
            .anyMatch(
                member ->
                    member.equalsIgnoreCase(memberDn)
                        || objects().stream()
                            .filter(object -> object.dn().equalsIgnoreCase(member))
                            .filter(object -> object.values("objectClass").contains("group"))
                            .anyMatch(inner -> isMember(inner, memberDn, seen)));
  }

  /**
   * A server was not allowed to read an account.
   *
   * @param server the host that asked
   * @param event where it says so
   */
  public record Refused(String server, EventRecord event) {
    /** What the event says, for a citation. */
    public Citation cite() {
      return event.id() == 6273
          ? Cite.event(event, "ReasonCode = 2: the server may not read the account")
          : Cite.event(event, "ErrorCode = 5: the server may not read the account");
    }
  }

  /** NPS 6273 with reason 2, or RRAS's 20271 with ERROR_ACCESS_DENIED. */
  public Optional<Refused> refused() {
    return facts
        .radius()
        .denial()
        .filter(event -> facts.radius().reason() == NPS_ACCESS_DENIED)
        .map(event -> new Refused(facts.policyServer(), event))
        .or(
            () ->
                refusal()
                    .filter(event -> error(event) == ACCESS_DENIED)
                    .map(event -> new Refused(facts.vpnServer(), event)));
  }

  /** RemoteAccess 20271 of this attempt. */
  public Optional<EventRecord> refusal() {
    return facts.events().last(facts.vpnServer(), EventLog.REMOTE_ACCESS, 20271);
  }

  /** The Windows error of a 20271 or 20152. */
  public static int error(EventRecord event) {
    String number = event.data("ErrorCode").toLowerCase(Locale.ROOT);
    return RasError.parse(number.startsWith("0x") ? number : "0x" + number)
        .map(RasError::code)
        .orElse(-1);
  }

  /** RRAS decides about users itself. */
  public boolean windowsProvider() {
    return setting(facts.vpnServer(), "AuthenticationProvider").equalsIgnoreCase("Windows");
  }

  /** RRAS is one of Windows NT 4.0. */
  public boolean oldServer() {
    return setting(facts.vpnServer(), "ProductName").contains("NT 4.0");
  }

  public boolean inWorkgroup(String host) {
    return setting(host, "Domain").equals(WORKGROUP);
  }

  public String setting(String host, String name) {
    return facts.host(host).map(each -> each.settings().getOrDefault(name, "")).orElse("");
  }

  /** Who had to ask the directory about the user. */
  public String asker() {
    return windowsProvider() ? facts.vpnServer() : facts.policyServer();
  }

  /** NETLOGON 5719 or 3210 of the server that had to ask; since its start, for it asks then. */
  public Optional<EventRecord> trouble(int id) {
    return facts.events().ever(asker(), NETLOGON, id).stream()
        .reduce((first, second) -> second)
        .filter(event -> isUnanswered());
  }

  /** The attempt ended because a server had no directory to ask. */
  private boolean isUnanswered() {
    return facts.radius().silent()
        || refusal().filter(event -> error(event) == NO_LOGON_SERVERS).isPresent();
  }

  /**
   * What RRAS's own refusal means, which its log alone does not say: the code is the user's.
   *
   * @param reason as NPS would number it
   */
  public record Inferred(int reason, EventRecord refusal, String why) {}

  /** The refusal of an RRAS that decides itself, read beside the account. */
  public Optional<Inferred> inferred() {
    Optional<EventRecord> refusal = refusal();
    if (!windowsProvider()
        || controller().isEmpty()
        || refusal.isEmpty()
        || inWorkgroup(facts.vpnServer())) {
      return Optional.empty();
    }
    return reason(refusal.get())
        .map(found -> new Inferred(found.getKey(), refusal.get(), found.getValue()));
  }

  private Optional<java.util.Map.Entry<Integer, String>> reason(EventRecord refusal) {
    String name = facts.profile().userName();
    Optional<DirectoryObject> account = user(name);
    return switch (error(refusal)) {
      case 646 -> found(37, "the hours do not allow it");
      case 647 -> found(34, "the account is disabled");
      case 648 -> found(33, "the password has expired");
      case 649 -> found(65, "the dial-in permission is denied");
      case 691 ->
          account.isEmpty()
              ? absent(name)
              : has(account.get(), "msDS-User-Account-Control-Computed", 0x10)
                  ? found(36, "the directory lists the account as locked out")
                  : expired(account.get(), refusal)
                      ? found(35, "the directory lists the account as expired")
                      : found(16, "the directory lists nothing against the account");
      default -> Optional.empty();
    };
  }

  private Optional<java.util.Map.Entry<Integer, String>> absent(String name) {
    return namesAnotherDomain(name)
        ? found(7, "the directory is that of the domain " + domain())
        : found(8, "the directory lists no account " + name);
  }

  private static Optional<java.util.Map.Entry<Integer, String>> found(int reason, String why) {
    return Optional.of(java.util.Map.entry(reason, why));
  }

  private static boolean has(DirectoryObject object, String attribute, int flag) {
    return number(object, attribute).filter(value -> (value & flag) != 0).isPresent();
  }

  private static Optional<Long> number(DirectoryObject object, String attribute) {
    return object.values(attribute).stream()
        .filter(text -> text.matches("-?\\d{1,18}"))
        .map(Long::valueOf)
        .findFirst();
  }

  /** accountExpires counts 100 ns since 1601; the largest number, which has 19 digits, is never. */
  private static boolean expired(DirectoryObject account, EventRecord at) {
    long now = (at.at().getEpochSecond() + 11_644_473_600L) * 10_000_000L;
    return number(account, "accountExpires").filter(value -> value > 0 && value <= now).isPresent();
  }
}
