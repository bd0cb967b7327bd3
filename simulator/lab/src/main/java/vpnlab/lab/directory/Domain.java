package vpnlab.lab.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vpnlab.evidence.DirectoryObject;
import vpnlab.lab.spec.DirectorySpec;
import vpnlab.lab.spec.DirectorySpec.ComputerSpec;
import vpnlab.lab.spec.DirectorySpec.DialIn;
import vpnlab.lab.spec.DirectorySpec.GroupKind;
import vpnlab.lab.spec.DirectorySpec.GroupScope;
import vpnlab.lab.spec.DirectorySpec.GroupSpec;
import vpnlab.lab.spec.DirectorySpec.UserSpec;
import vpnlab.protocol.mschap.MsChapV2;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.LdapAttribute;

/**
 * The data of a domain: users, computers, groups and the object that guards remote access, with the
 * access control lists that Active Directory gives them. Groups that matter to access are looked up
 * here whenever somebody binds.
 */
final class Domain {
  private static final long RAS_AND_IAS_RID = 553;
  private static final long PRE_WINDOWS_2000_RID = 554;
  private static final long DOMAIN_COMPUTERS = 515;
  private static final int FIRST_RID = 1103;
  private static final int SECURITY_ENABLED = 0x80000000;

  /** What everybody who has proved who he is may read of an account. */
  private static final Set<String> PUBLIC =
      Set.of(
          "objectClass",
          "cn",
          "name",
          "distinguishedName",
          "sAMAccountName",
          "userPrincipalName",
          "objectSid",
          "memberOf",
          "msDS-TokenGroupNames");

  /** The property sets Account Restrictions, Logon Information and Remote Access Information. */
  private static final Set<String> REMOTE_ACCESS =
      Set.of(
          "userAccountControl",
          "msDS-User-Account-Control-Computed",
          "accountExpires",
          "lockoutTime",
          "logonHours",
          "pwdLastSet",
          "msNPAllowDialin",
          "msNPCallingStationID");

  /**
   * What a member of the domain may read so that it can check passwords: it stands for the secure
   * channel of Netlogon (MS-NRPC), over which a domain controller checks them itself.
   */
  private static final Set<String> SECURE_CHANNEL = Set.of("unicodePwd", "supplementalCredentials");

  private static final Set<String> REMOTE_ACCESS_NAMES =
      REMOTE_ACCESS.stream()
          .map(name -> name.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private final DirectorySpec spec;
  private final Instant start;
  private final Sid sid;
  private final String root;
  private final DirectoryTree tree = new DirectoryTree();
  private final Map<String, String> dnsByName = new LinkedHashMap<>();
  private int nextRid = FIRST_RID;

  Domain(DirectorySpec spec, Instant start) {
    this.spec = spec;
    this.start = start;
    this.sid = Sid.ofDomain(spec.domain());
    this.root =
        Stream.of(spec.domain().split("\\."))
            .map(label -> "DC=" + label)
            .collect(Collectors.joining(","));
    tree.add(rootDse());
    tree.add(container(root, "domainDNS"));
    for (String name : List.of("Users", "Computers", "Builtin", "System")) {
      tree.add(container("CN=" + name + "," + root, "container"));
    }
    spec.users().forEach(this::addUser);
    spec.computers().forEach(this::addComputer);
    groups().forEach(this::addGroup);
    groups().forEach((name, group) -> group.members().forEach(each -> link(name, each)));
    spec.users().forEach((user, each) -> each.groups().forEach(group -> link(group, user)));
    tree.add(accessCheck());
    refreshTokenGroups();
  }

  static boolean isRemoteAccess(String attribute) {
    return REMOTE_ACCESS_NAMES.contains(attribute.toLowerCase(Locale.ROOT));
  }

  DirectoryTree tree() {
    return tree;
  }

  String root() {
    return root;
  }

  private Map<String, GroupSpec> groups() {
    Map<String, GroupSpec> groups = new LinkedHashMap<>();
    DirectorySpec.BUILT_IN_GROUPS.forEach(name -> groups.put(name, GroupSpec.EMPTY));
    groups.putAll(spec.groups());
    return groups;
  }

  /** RFC 4512 section 5.1. Everybody may read it. */
  private DirectoryEntry rootDse() {
    return new DirectoryEntry("")
        .set("objectClass", "top")
        .set("namingContexts", root)
        .set("defaultNamingContext", root)
        .set("supportedLDAPVersion", "3")
        .set("dnsHostName", spec.host() + "." + spec.domain())
        .grant(Sid.EVERYONE, Set.of())
        .grant(Sid.ANONYMOUS, Set.of());
  }

  private DirectoryEntry container(String dn, String objectClass) {
    return new DirectoryEntry(dn)
        .set("objectClass", "top", objectClass)
        .set("distinguishedName", dn)
        .grant(Sid.AUTHENTICATED_USERS, Set.of())
        .grant(Sid.builtin(PRE_WINDOWS_2000_RID), Set.of());
  }

  private DirectoryEntry principal(String name, String account, String dn, Sid own) {
    dnsByName.put(name.toLowerCase(Locale.ROOT), dn);
    return new DirectoryEntry(dn)
        .set("cn", name)
        .set("distinguishedName", dn)
        .set("sAMAccountName", account)
        .set(new LdapAttribute("objectSid", List.of(own.encode())))
        .grant(Sid.AUTHENTICATED_USERS, PUBLIC);
  }

  private void addUser(String name, UserSpec user) {
    String dn = "CN=" + name + ",CN=Users," + root;
    int control = 0x200 | (user.enabled() ? 0 : 0x2) | (user.reversibleEncryption() ? 0x80 : 0);
    int computed = (user.locked() ? 0x10 : 0) | (user.passwordExpired() ? 0x800000 : 0);
    DirectoryEntry entry =
        principal(name, name, dn, sid.with(nextRid++))
            .set("objectClass", "top", "person", "organizationalPerson", "user")
            .set("userPrincipalName", name + "@" + spec.domain())
            .set("userAccountControl", Integer.toString(control))
            .set("msDS-User-Account-Control-Computed", Integer.toString(computed))
            .set("lockoutTime", user.locked() ? Long.toString(FileTime.of(start)) : "0")
            .set(
                "pwdLastSet",
                user.mustChangePassword()
                    ? "0"
                    : Long.toString(FileTime.of(start.minusSeconds(86_400))))
            .set(
                "accountExpires",
                Long.toString(
                    user.expires()
                        .map(moment -> FileTime.of(moment.from(start)))
                        .orElse(FileTime.NEVER)))
            .set(new LdapAttribute("logonHours", List.of(user.logonHours().encode())))
            .set(secret("unicodePwd", MsChapV2.ntPasswordHash(user.password())));
    if (user.dialIn() != DialIn.POLICY) {
      entry.set("msNPAllowDialin", user.dialIn() == DialIn.ALLOW ? "TRUE" : "FALSE");
    }
    if (!user.callerId().isEmpty()) {
      entry.set("msNPCallingStationID", user.callerId());
    }
    if (user.reversibleEncryption()) {
      entry.set("supplementalCredentials", user.password());
    }
    entry.grant(sid.with(DOMAIN_COMPUTERS), SECURE_CHANNEL);
    entry.grant(sid.with(RAS_AND_IAS_RID), REMOTE_ACCESS);
    Set<String> both = new LinkedHashSet<>(PUBLIC);
    both.addAll(REMOTE_ACCESS);
    entry.grant(Sid.builtin(PRE_WINDOWS_2000_RID), both);
    tree.add(entry);
  }

  private static LdapAttribute secret(String type, Octets value) {
    return new LdapAttribute(type, List.of(value));
  }

  private void addComputer(String name, ComputerSpec computer) {
    if (!computer.account()) {
      return;
    }
    String dn = "CN=" + name.toUpperCase(Locale.ROOT) + ",CN=Computers," + root;
    String account = name.toUpperCase(Locale.ROOT) + "$";
    tree.add(
        principal(name, account, dn, sid.with(nextRid++))
            .set("objectClass", "top", "person", "organizationalPerson", "user", "computer")
            .set("dNSHostName", name + "." + spec.domain())
            .set("userAccountControl", Integer.toString(0x1000))
            .set(secret("unicodePwd", MsChapV2.ntPasswordHash(computer.password()))));
  }

  private void addGroup(String name, GroupSpec group) {
    boolean builtin = name.equals(DirectorySpec.PRE_WINDOWS_2000);
    String dn = "CN=" + name + (builtin ? ",CN=Builtin," : ",CN=Users,") + root;
    tree.add(
        principal(name, name, dn, sidOf(name, group))
            .set("objectClass", "top", "group")
            .set("groupType", Integer.toString(groupType(builtin, group)))
            .grant(Sid.AUTHENTICATED_USERS, Set.of("groupType", "member")));
  }

  /** MS-ADTS section 2.2.12. */
  private static int groupType(boolean builtin, GroupSpec group) {
    if (builtin) {
      return SECURITY_ENABLED | 0x5;
    }
    int scope =
        switch (group.scope()) {
          case GLOBAL -> 0x2;
          case DOMAIN_LOCAL -> 0x4;
          case UNIVERSAL -> 0x8;
        };
    return scope | (group.kind() == GroupKind.SECURITY ? SECURITY_ENABLED : 0);
  }

  /**
   * The well-known SID belongs to the group that came with the domain. One that somebody has made
   * later under the same name, of another kind, has a SID that no access control list knows.
   */
  private Sid sidOf(String name, GroupSpec group) {
    return switch (name) {
      case "Domain Admins" -> sid.with(512);
      case "Domain Users" -> sid.with(513);
      case "Domain Guests" -> sid.with(514);
      case "Domain Computers" -> sid.with(DOMAIN_COMPUTERS);
      case "Domain Controllers" -> sid.with(516);
      case DirectorySpec.PRE_WINDOWS_2000 -> Sid.builtin(PRE_WINDOWS_2000_RID);
      case DirectorySpec.RAS_AND_IAS_SERVERS ->
          group.kind() == GroupKind.SECURITY && group.scope() == GroupScope.DOMAIN_LOCAL
              ? sid.with(RAS_AND_IAS_RID)
              : sid.with(nextRid++);
      default -> sid.with(nextRid++);
    };
  }

  private DirectoryEntry accessCheck() {
    String dn = "CN=RAS and IAS Servers Access Check,CN=System," + root;
    DirectoryEntry entry =
        new DirectoryEntry(dn)
            .set("objectClass", "top", "container")
            .set("cn", "RAS and IAS Servers Access Check")
            .set("distinguishedName", dn);
    for (String reader : spec.accessCheckReaders()) {
      // A group that is gone leaves its SID behind in the list, where it lets nobody in.
      entry.grant(
          reader.equals(DirectorySpec.RAS_AND_IAS_SERVERS)
              ? sid.with(RAS_AND_IAS_RID)
              : sidOf(reader).orElseThrow(),
          Set.of());
    }
    return entry;
  }

  /** Makes {@code member} a member of the group, from now on. */
  void addMember(String group, String member) {
    link(group, member);
    refreshTokenGroups();
  }

  private void link(String group, String member) {
    ComputerSpec computer = spec.computers().get(member);
    if (computer != null && !computer.account()) {
      return; // an account that was deleted has left its groups
    }
    DirectoryEntry entry = entry(group).orElseThrow();
    String dn = dn(member);
    entry.add("member", dn);
    tree.find(dn).ifPresent(found -> found.add("memberOf", entry.dn()));
  }

  /** Constructs the attribute that names all security groups of an account. */
  private void refreshTokenGroups() {
    for (DirectoryEntry each : tree.entries()) {
      if (each.is("user")) {
        Set<Sid> sids = tokenOf(each).sids();
        each.set(
            "msDS-TokenGroupNames",
            tree.entries().stream()
                .filter(group -> group.is("group") && sids.contains(sidOf(group)))
                .map(DirectoryEntry::dn)
                .toArray(String[]::new));
      }
    }
  }

  /** Where a name stands; well-known ones among the foreign security principals. */
  String dn(String name) {
    return Optional.ofNullable(dnsByName.get(name.toLowerCase(Locale.ROOT)))
        .orElseGet(
            () ->
                wellKnown(name)
                    .map(known -> "CN=" + known + ",CN=ForeignSecurityPrincipals," + root)
                    .orElseThrow(() -> new IllegalArgumentException("nobody is called " + name)));
  }

  static Optional<Sid> wellKnown(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "everyone" -> Optional.of(Sid.EVERYONE);
      case "anonymous logon" -> Optional.of(Sid.ANONYMOUS);
      case "authenticated users" -> Optional.of(Sid.AUTHENTICATED_USERS);
      default -> Optional.empty();
    };
  }

  private Optional<DirectoryEntry> entry(String name) {
    return Optional.ofNullable(dnsByName.get(name.toLowerCase(Locale.ROOT))).flatMap(tree::find);
  }

  private Optional<Sid> sidOf(String name) {
    return wellKnown(name).or(() -> entry(name).map(Domain::sidOf));
  }

  private static Sid sidOf(DirectoryEntry entry) {
    return Sid.decode(entry.values("objectSid").get(0));
  }

  /**
   * Everybody that {@code own} is, through groups in groups. Only security groups count (MS-ADTS
   * section 3.1.1.4.5.19).
   */
  Set<Sid> withGroups(Set<Sid> own) {
    Set<Sid> all = new LinkedHashSet<>(own);
    boolean grown = true;
    while (grown) {
      grown = false;
      for (DirectoryEntry each : tree.entries()) {
        if (each.is("group")
            && isSecurityGroup(each)
            && memberSids(each).stream().anyMatch(all::contains)) {
          grown |= all.add(sidOf(each));
        }
      }
    }
    return all;
  }

  private static boolean isSecurityGroup(DirectoryEntry group) {
    return Integer.parseInt(group.texts("groupType").get(0)) < 0;
  }

  private List<Sid> memberSids(DirectoryEntry group) {
    List<Sid> sids = new ArrayList<>();
    for (String dn : group.texts("member")) {
      tree.find(dn)
          .map(Domain::sidOf)
          .or(() -> Sid.parse(dn.substring(3, dn.indexOf(','))))
          .ifPresent(sids::add);
    }
    return sids;
  }

  /** Whoever has proved to be {@code entry}. */
  AccessToken tokenOf(DirectoryEntry entry) {
    Set<Sid> own = new LinkedHashSet<>();
    own.add(sidOf(entry));
    own.add(sid.with(entry.is("computer") ? DOMAIN_COMPUTERS : 513));
    own.add(Sid.AUTHENTICATED_USERS);
    own.add(Sid.EVERYONE);
    return new AccessToken(entry.texts("sAMAccountName").get(0), withGroups(own));
  }

  /** Whoever does not say who he is; Windows 2000 counts him among everyone. */
  AccessToken anonymous() {
    return new AccessToken("Anonymous Logon", withGroups(Set.of(Sid.ANONYMOUS, Sid.EVERYONE)));
  }

  /** The account that a bind names: a DN, a UPN, {@code DOMAIN\name} (MS-ADTS 5.1.1.1.1). */
  Optional<DirectoryEntry> account(String name) {
    Optional<DirectoryEntry> byDn = tree.find(name).filter(each -> !each.dn().isEmpty());
    if (byDn.isPresent()) {
      return byDn;
    }
    String netbios = spec.domain().split("\\.")[0] + "\\";
    String suffix = "@" + spec.domain();
    String plain = name;
    if (name.regionMatches(true, 0, netbios, 0, netbios.length())) {
      plain = name.substring(netbios.length());
    } else if (name.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT))) {
      plain = name.substring(0, name.length() - suffix.length());
    }
    String wanted = plain;
    return tree.entries().stream()
        .filter(each -> each.texts("sAMAccountName").stream().anyMatch(wanted::equalsIgnoreCase))
        .findFirst();
  }

  /** What an administrator's tools list: every object, without secrets. */
  List<DirectoryObject> listing() {
    return tree.entries().stream()
        .filter(entry -> !entry.dn().isEmpty())
        .map(DirectoryEntry::listed)
        .toList();
  }
}
