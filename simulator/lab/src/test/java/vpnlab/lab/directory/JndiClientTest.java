package vpnlab.lab.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.AuthenticationException;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.directory.Attributes;
import javax.naming.directory.BasicAttributes;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.LdapMessage;
import vpnlab.wire.ldap.LdapStream;

/**
 * The JDK's own LDAP client, which is not of our making, against the directory on a real socket.
 */
@SuppressWarnings("BanJNDI") // it speaks to our own server of the same test only
class JndiClientTest {
  private static final Instant START = Instant.parse("2026-01-15T09:00:00Z");
  private static final String ROOT = "DC=corp,DC=example";

  private final Domain domain = TestDomain.healthy(START);
  private ServerSocket server;
  private Thread serving;

  @BeforeEach
  void serve() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    AccessToken anonymous = domain.anonymous();
    serving =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                  answer(client, new LdapSession(domain, anonymous, (name, code) -> {}));
                } catch (IOException | MalformedMessageException e) {
                  // The client has gone, or the test is over.
                }
              }
            });
    serving.setDaemon(true);
    serving.start();
  }

  private static void answer(Socket client, LdapSession session)
      throws IOException, MalformedMessageException {
    LdapStream stream = new LdapStream();
    InputStream in = client.getInputStream();
    byte[] buffer = new byte[4096];
    for (int count; (count = in.read(buffer)) > 0; ) {
      for (LdapMessage message : stream.feed(Octets.of(buffer, 0, count))) {
        Optional<List<LdapMessage>> answers = session.handle(message);
        if (answers.isEmpty()) {
          return;
        }
        for (LdapMessage each : answers.get()) {
          client.getOutputStream().write(each.encode().toArray());
        }
      }
    }
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    serving.join();
  }

  private DirContext bind(String name, String password) throws NamingException {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
    environment.put(Context.PROVIDER_URL, "ldap://127.0.0.1:" + server.getLocalPort());
    environment.put("com.sun.jndi.ldap.read.timeout", "20000");
    if (!name.isEmpty()) {
      environment.put(Context.SECURITY_AUTHENTICATION, "simple");
      environment.put(Context.SECURITY_PRINCIPAL, name);
      environment.put(Context.SECURITY_CREDENTIALS, password);
    }
    return new InitialDirContext(environment);
  }

  private static List<SearchResult> search(DirContext context, String filter)
      throws NamingException {
    SearchControls controls = new SearchControls();
    controls.setSearchScope(SearchControls.SUBTREE_SCOPE);
    NamingEnumeration<SearchResult> found = context.search(ROOT, filter, controls);
    List<SearchResult> results = new ArrayList<>();
    while (found.hasMore()) {
      results.add(found.next());
    }
    return results;
  }

  @Test
  void aComputerBindsAndReadsAnAccount() throws Exception {
    DirContext context = bind("NPS$@corp.example", "secret of nps");
    List<SearchResult> found =
        search(context, "(&(objectClass=user)(|(sAMAccountName=ALI*)(cn>=zz))(!(cn=b*)))");

    assertThat(found).hasSize(1);
    Attributes alice = found.get(0).getAttributes();
    assertThat(alice.get("userPrincipalName").get()).isEqualTo("alice@corp.example");
    assertThat(alice.get("userAccountControl").get()).isEqualTo("512");
    assertThat(alice.get("msDS-TokenGroupNames").contains("CN=VPN Users,CN=Users," + ROOT))
        .isTrue();
    context.close();
  }

  @Test
  void theRootSaysWhereTheDomainIs() throws Exception {
    DirContext context = bind("", "");

    assertThat(context.getAttributes("").get("defaultNamingContext").get()).isEqualTo(ROOT);
    context.close();
  }

  @Test
  void aNamelessClientSeesNoAccounts() throws Exception {
    DirContext context = bind("", "");

    assertThatThrownBy(() -> search(context, "(objectClass=user)"))
        .isInstanceOf(javax.naming.NameNotFoundException.class);
    context.close();
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreInvalidCredentials() {
    assertThatThrownBy(() -> bind("NPS$@corp.example", "wrong"))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("error code 49")
        .hasMessageContaining("52e");
    assertThatThrownBy(() -> bind("CORP\\nobody", "x"))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("525");
  }

  @Test
  void nobodyChangesAnything() throws Exception {
    DirContext context = bind("CORP\\NPS$", "secret of nps");

    assertThatThrownBy(
            () -> context.createSubcontext("CN=new,CN=Users," + ROOT, new BasicAttributes()))
        .isInstanceOf(OperationNotSupportedException.class)
        .hasMessageContaining("error code 53");
    context.close();
  }
}
