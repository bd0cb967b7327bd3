package vpnlab.lab.directory;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.NetlogonEvents;
import vpnlab.lab.spec.DirectorySpec;
import vpnlab.lab.spec.DirectorySpec.ComputerSpec;
import vpnlab.wire.ldap.LdapAttribute;
import vpnlab.wire.ldap.LdapFilter;
import vpnlab.wire.ldap.LdapOperation.DerefAliases;
import vpnlab.wire.ldap.LdapOperation.SearchRequest;
import vpnlab.wire.ldap.LdapOperation.SearchResultEntry;
import vpnlab.wire.ldap.LdapOperation.SearchScope;

/**
 * A server's membership in the domain: it binds as the computer when the service starts, and asks
 * for accounts and for the object that says whether it may know their remote access properties.
 */
public final class DomainMember implements DirectoryAccess {
  private static final String ACCESS_CHECK = "RAS and IAS Servers Access Check";

  /** How a server reads the remote access properties of accounts. */
  public enum Generation {
    /** As the computer that it is, if the access check lets it. */
    WINDOWS_2000,
    /** Without a name, as a remote access server of Windows NT 4.0 does. */
    WINDOWS_NT4
  }

  /** What else a service writes down of its connection. */
  public interface Listener {
    default void connected(String server, String domain) {}

    default void unreachable(String domain) {}
  }

  private final String domain;
  private final String base;
  private final Optional<DirectoryClient> own;
  private final Optional<DirectoryClient> nameless;

  private DomainMember(
      String domain, Optional<DirectoryClient> own, Optional<DirectoryClient> nameless) {
    this.domain = domain;
    this.base =
        Stream.of(domain.split("\\.")).map(label -> "DC=" + label).collect(Collectors.joining(","));
    this.own = own;
    this.nameless = nameless;
  }

  /**
   * Connects the computer.
   *
   * @param server the domain controller, as the computer's locator knows it
   */
  public static DomainMember start(
      Machine machine,
      DirectorySpec spec,
      InetSocketAddress server,
      Generation generation,
      Listener listener) {
    ComputerSpec computer = spec.computers().get(machine.name());
    if (computer == null || !computer.joined()) {
      return new DomainMember(spec.domain(), Optional.empty(), Optional.empty());
    }
    Watch watch = new Watch(new NetlogonEvents(machine.log()), spec, listener);
    String account = machine.name().toUpperCase(Locale.ROOT) + "$@" + spec.domain();
    DirectoryClient own =
        new DirectoryClient(machine, server, account, computer.knownPassword(), watch);
    Optional<DirectoryClient> nameless =
        generation == Generation.WINDOWS_NT4
            ? Optional.of(new DirectoryClient(machine, server, "", "", new Silent()))
            : Optional.empty();
    own.open();
    nameless.ifPresent(DirectoryClient::open);
    return new DomainMember(spec.domain(), Optional.of(own), nameless);
  }

  /** Ends what {@link #start} has opened. */
  public void close() {
    own.ifPresent(DirectoryClient::close);
    nameless.ifPresent(DirectoryClient::close);
  }

  /** Whether nothing is under way that began with the service. */
  public boolean settled() {
    return own.filter(DirectoryClient::opening).isEmpty()
        && nameless.filter(DirectoryClient::opening).isEmpty();
  }

  @Override
  public void lookUp(String user, Consumer<DirectoryAnswer> then) {
    if (own.isEmpty()) {
      then.accept(new DirectoryAnswer.Found(Directory.ofWorkgroup()));
      return;
    }
    SearchRequest request = request(user);
    own.get()
        .search(
            request,
            found -> {
              if (found.isEmpty()) {
                then.accept(unavailable());
              } else if (nameless.isEmpty()) {
                then.accept(answer(found.get(), mayRead(found.get())));
              } else {
                nameless
                    .get()
                    .search(
                        request,
                        more ->
                            then.accept(
                                more.isEmpty()
                                    ? unavailable()
                                    : answer(
                                        merged(withoutProperties(found.get()), more.get()), true)));
              }
            });
  }

  private DirectoryAnswer unavailable() {
    return new DirectoryAnswer.Unavailable("No domain controller of " + domain + " has answered.");
  }

  private DirectoryAnswer answer(List<SearchResultEntry> entries, boolean mayRead) {
    List<Account> accounts =
        entries.stream().filter(entry -> !isAccessCheck(entry)).map(Account::of).toList();
    return new DirectoryAnswer.Found(Directory.of(domain, accounts, mayRead));
  }

  private static boolean mayRead(List<SearchResultEntry> entries) {
    return entries.stream().anyMatch(DomainMember::isAccessCheck);
  }

  private static boolean isAccessCheck(SearchResultEntry entry) {
    return entry.dn().startsWith("CN=" + ACCESS_CHECK + ",");
  }

  private SearchRequest request(String user) {
    LdapFilter who =
        user.equals(EVERYBODY)
            ? new LdapFilter.Not(LdapFilter.equal("objectClass", "computer"))
            : LdapFilter.equal("sAMAccountName", Directory.accountName(user));
    return new SearchRequest(
        base,
        SearchScope.WHOLE_SUBTREE,
        DerefAliases.NEVER,
        0,
        (int) DirectoryClient.LIMIT.toSeconds(),
        false,
        new LdapFilter.Or(
            List.of(
                new LdapFilter.And(List.of(LdapFilter.equal("objectClass", "user"), who)),
                LdapFilter.equal("cn", ACCESS_CHECK))),
        List.of());
  }

  /**
   * An old server has never learnt to read properties in its own name: it takes from this
   * connection only what passes over its secure channel.
   */
  private static List<SearchResultEntry> withoutProperties(List<SearchResultEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                new SearchResultEntry(
                    entry.dn(),
                    entry.attributes().stream()
                        .filter(each -> !Domain.isRemoteAccess(each.type()))
                        .toList()))
        .toList();
  }

  private static List<SearchResultEntry> merged(
      List<SearchResultEntry> left, List<SearchResultEntry> right) {
    Map<String, Map<String, LdapAttribute>> byDn = new LinkedHashMap<>();
    List<SearchResultEntry> all = new ArrayList<>(left);
    all.addAll(right);
    for (SearchResultEntry entry : all) {
      byDn.computeIfAbsent(entry.dn(), dn -> new LinkedHashMap<>())
          .putAll(DirectoryEntry.byName(entry.attributes()));
    }
    return byDn.entrySet().stream()
        .map(each -> new SearchResultEntry(each.getKey(), List.copyOf(each.getValue().values())))
        .toList();
  }

  /** Netlogon writes of a computer's trouble with its domain, and the service of its own. */
  private record Watch(NetlogonEvents events, DirectorySpec spec, Listener listener)
      implements DirectoryClient.Listener {
    @Override
    public void connected() {
      listener.connected(spec.host() + "." + spec.domain(), spec.domain());
    }

    @Override
    public void unreachable(String why) {
      events.noLogonServers(spec.domain(), why);
      listener.unreachable(spec.domain());
    }

    @Override
    public void refused(String why) {
      events.notAuthenticated(spec.host(), spec.domain(), why);
      listener.unreachable(spec.domain());
    }
  }

  /** The computer's own connection tells of the same trouble. */
  private static final class Silent implements DirectoryClient.Listener {
    @Override
    public void connected() {}

    @Override
    public void unreachable(String why) {}

    @Override
    public void refused(String why) {}
  }
}
