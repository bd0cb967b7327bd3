package vpnlab.lab.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.DirectoryObject;
import vpnlab.wire.ldap.LdapAttribute;
import vpnlab.wire.ldap.LdapFilter;
import vpnlab.wire.ldap.LdapOperation.DerefAliases;
import vpnlab.wire.ldap.LdapOperation.SearchRequest;
import vpnlab.wire.ldap.LdapOperation.SearchResultEntry;
import vpnlab.wire.ldap.LdapOperation.SearchScope;

class DomainTest {
  private static final Instant START = Instant.parse("2026-01-15T09:00:00Z");
  private static final String ACCESS_CHECK = "RAS and IAS Servers Access Check";

  private static List<SearchResultEntry> find(Domain domain, AccessToken token, String cn) {
    SearchRequest request =
        new SearchRequest(
            domain.root(),
            SearchScope.WHOLE_SUBTREE,
            DerefAliases.NEVER,
            0,
            0,
            false,
            LdapFilter.equal("cn", cn),
            List.of());
    return domain.tree().search(token, request).orElse(List.of());
  }

  private static AccessToken computer(Domain domain, String name) {
    return domain.tokenOf(domain.account(name + "$@corp.example").orElseThrow());
  }

  private static boolean mayRead(Domain domain, AccessToken token) {
    return !find(domain, token, ACCESS_CHECK).isEmpty();
  }

  private static Optional<LdapAttribute> attribute(SearchResultEntry entry, String type) {
    return entry.attributes().stream().filter(each -> each.type().equals(type)).findFirst();
  }

  @Test
  void membersOfTheGroupMayReadDirectlyAndThroughOtherGroups() {
    Domain domain = TestDomain.healthy(START);

    assertThat(mayRead(domain, computer(domain, "nps"))).isTrue();
    assertThat(mayRead(domain, computer(domain, "rras"))).isTrue();
    assertThat(mayRead(domain, domain.tokenOf(domain.account("alice").orElseThrow()))).isFalse();
  }

  @Test
  void aTokenStaysWhatItWasWhenItWasMade() {
    Domain domain =
        TestDomain.patched(START, "groups: { RAS and IAS Servers: { members: [Servers] } }");
    AccessToken before = computer(domain, "nps");
    domain.addMember("RAS and IAS Servers", "nps");

    assertThat(mayRead(domain, before)).isFalse();
    assertThat(mayRead(domain, computer(domain, "nps"))).isTrue();
  }

  @Test
  void nothingIsGrantedToAGroupOfTheWrongKindOrToNone() {
    for (String patch :
        List.of(
            "groups: { RAS and IAS Servers: { kind: distribution } }",
            "groups: { RAS and IAS Servers: { scope: global } }",
            "groups: { RAS and IAS Servers: null }",
            "accessCheck: { read: [] }")) {
      Domain domain = TestDomain.patched(START, patch);
      assertThat(mayRead(domain, computer(domain, "nps"))).as(patch).isFalse();
    }
  }

  @Test
  void accountsOpenTheirRemoteAccessPropertiesToTheServersOnly() {
    Domain domain = TestDomain.healthy(START);
    SearchResultEntry server = find(domain, computer(domain, "nps"), "alice").get(0);
    SearchResultEntry user =
        find(domain, domain.tokenOf(domain.account("bob").orElseThrow()), "alice").get(0);

    assertThat(attribute(server, "userAccountControl")).isPresent();
    assertThat(attribute(user, "sAMAccountName")).isPresent();
    assertThat(attribute(user, "userAccountControl")).isEmpty();
    assertThat(attribute(user, "unicodePwd")).isEmpty();
  }

  @Test
  void theNamelessReadAccountsOnlyWhenEveryoneWasLetInAtTheStart() {
    Domain closed = TestDomain.healthy(START);
    AccessToken atStart = closed.anonymous();
    closed.addMember("Pre-Windows 2000 Compatible Access", "Everyone");

    assertThat(find(closed, atStart, "alice")).isEmpty();
    SearchResultEntry afterRestart = find(closed, closed.anonymous(), "alice").get(0);
    assertThat(attribute(afterRestart, "userAccountControl")).isPresent();
    assertThat(attribute(afterRestart, "unicodePwd")).isEmpty();
  }

  @Test
  void theListingShowsWhatAdministratorsSeeAndNoSecrets() {
    List<DirectoryObject> listing = TestDomain.healthy(START).listing();
    DirectoryObject group =
        listing.stream()
            .filter(each -> each.values("cn").contains("RAS and IAS Servers"))
            .findFirst()
            .orElseThrow();

    assertThat(group.values("groupType")).containsExactly("-2147483644");
    assertThat(group.values("objectSid").get(0)).startsWith("S-1-5-21-").endsWith("-553");
    assertThat(listing.toString()).doesNotContain("unicodePwd").doesNotContain("Wonder-land");
  }

  @Test
  void aSidIsWrittenAsItIsRead() {
    Sid sid = Sid.ofDomain("corp.example").with(553);

    assertThat(Sid.decode(sid.encode())).isEqualTo(sid);
    assertThat(Sid.parse(sid.toString())).contains(sid);
    assertThat(Sid.builtin(554)).hasToString("S-1-5-32-554");
    assertThat(Sid.parse("S-1-x")).isEmpty();
  }
}
