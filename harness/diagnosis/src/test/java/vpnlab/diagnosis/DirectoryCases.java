package vpnlab.diagnosis;

import static vpnlab.diagnosis.Case.candidates;
import static vpnlab.diagnosis.Case.certain;
import static vpnlab.diagnosis.EvidenceBuilder.NPS;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER;
import static vpnlab.diagnosis.EvidenceBuilder.SERVER_INSIDE;
import static vpnlab.diagnosis.EvidenceBuilder.administrator;
import static vpnlab.diagnosis.EvidenceBuilder.client;
import static vpnlab.evidence.Stage.AUTHENTICATION;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vpnlab.evidence.DirectoryObject;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;

/** What keeps a server from the directory. */
final class DirectoryCases {
  private static final String ROOT = ",DC=corp,DC=example";
  private static final String RIGHT_TYPE = "-2147483644";
  private static final String READ = "D:(A;;RPLCRC;;;S-1-5-21-1-2-3-553)";

  private DirectoryCases() {}

  static Stream<Case> all() {
    return Stream.of(read(), old(), provider(), unreachable(), method()).flatMap(List::stream);
  }

  private static DirectoryObject object(String dn, String objectClass, String... attributes) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("objectClass", List.of("top", objectClass));
    values.put("cn", List.of(dn.substring(3, dn.indexOf(','))));
    for (int i = 0; i < attributes.length; i += 2) {
      values.put(attributes[i], List.of(attributes[i + 1]));
    }
    return new DirectoryObject(dn, values);
  }

  private static DirectoryObject group(String type, String member) {
    return object(
        "CN=RAS and IAS Servers,CN=Users" + ROOT, "group", "groupType", type, "member", member);
  }

  private static DirectoryObject check(String sddl) {
    return object(
        "CN=RAS and IAS Servers Access Check,CN=System" + ROOT,
        "container",
        "nTSecurityDescriptor",
        sddl);
  }

  private static DirectoryObject computer(String name) {
    return object("CN=" + name + ",CN=Computers" + ROOT, "computer");
  }

  private static DirectoryObject user(String... attributes) {
    return object(
        "CN=alice,CN=Users" + ROOT,
        "user",
        Stream.concat(Stream.of("sAMAccountName", "alice"), Stream.of(attributes))
            .toArray(String[]::new));
  }

  private static EvidenceBuilder with(DirectoryObject... objects) {
    return administrator()
        .host(
            new HostFacts("dc", List.of("10.0.0.4"), Map.of("NTDS", "Running"), List.of())
                .withDirectory(List.of(objects)));
  }

  /** The refusal that NPS logs, and the directory as it is. */
  private static Evidence refused(DirectoryObject... objects) {
    return Wire.proven(with(objects)).denied("alice", 2).failed(691);
  }

  private static Case read(String name, String cause, DirectoryObject... objects) {
    return certain("administrator: " + name, 691, AUTHENTICATION, refused(objects), cause);
  }

  private static List<Case> read() {
    String nps = "CN=NPS,CN=Computers" + ROOT;
    return List.of(
        read("no group", "ras-ias-group-missing", computer("NPS"), check(READ)),
        read(
            "a distribution group",
            "ras-ias-group-wrong-kind",
            group("4", nps),
            computer("NPS"),
            check(READ)),
        read(
            "a global security group",
            "ras-ias-group-wrong-kind",
            group("-2147483646", nps),
            computer("NPS"),
            check(READ)),
        read(
            "no Read on the access check",
            "access-check-read-missing",
            group(RIGHT_TYPE, nps),
            computer("NPS"),
            check("D:(A;;RPLCRC;;;S-1-5-21-1-2-3-512)")),
        read(
            "another computer in the group",
            "server-not-registered-in-ad",
            group(RIGHT_TYPE, "CN=RRAS,CN=Computers" + ROOT),
            computer("NPS"),
            check(READ)),
        read(
            "all right now",
            "ad-membership-cached",
            group(RIGHT_TYPE, nps),
            computer("NPS"),
            check(READ)),
        read(
            "a member through another group",
            "ad-membership-cached",
            group(RIGHT_TYPE, "CN=Servers,CN=Users" + ROOT),
            object("CN=Servers,CN=Users" + ROOT, "group", "member", nps),
            computer("NPS"),
            check(READ)),
        certain(
            "administrator: reason 32 is a server without a domain",
            691,
            AUTHENTICATION,
            Wire.proven(administrator()).denied("alice", 32).failed(691),
            "server-not-domain-joined"),
        certain(
            "administrator: reason 7 is an unknown domain",
            691,
            AUTHENTICATION,
            Wire.proven(administrator()).denied("CONTOSO\\alice", 7).failed(691),
            "unknown-domain"));
  }

  private static EvidenceBuilder deciding(EvidenceBuilder story, String... settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("AuthenticationProvider", "Windows");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return story.host(
        new HostFacts(
                "rras",
                List.of(SERVER, SERVER_INSIDE),
                Map.of("RemoteAccess", "Running"),
                List.of())
            .withSettings(all));
  }

  private static Evidence refusedByRras(EvidenceBuilder story, String error) {
    return Wire.proven(story)
        .event("rras", "System", "RemoteAccess", 20271, "User", "alice", "ErrorCode", error)
        .failed(691);
  }

  private static Case old(String name, String cause, String member) {
    DirectoryObject group =
        object(
            "CN=Pre-Windows 2000 Compatible Access,CN=Builtin" + ROOT, "group", "member", member);
    return certain(
        "administrator: " + name,
        691,
        AUTHENTICATION,
        refusedByRras(deciding(with(group), "ProductName", "Windows NT 4.0 Server"), "0x5"),
        cause);
  }

  private static List<Case> old() {
    return List.of(
        old("an old server, and Everyone is not let in", "nt4-pre2000-access-missing", ""),
        old(
            "an old server, and Everyone is let in by now",
            "nt4-dc-restart-pending",
            "CN=S-1-1-0,CN=ForeignSecurityPrincipals" + ROOT));
  }

  private static Case windows(String name, String cause, DirectoryObject... objects) {
    return windowsAs("alice", name, cause, objects);
  }

  /** The same for somebody who writes the name in another way. */
  private static Case windowsAs(
      String user, String name, String cause, DirectoryObject... objects) {
    return certain(
        "administrator: Windows authentication of " + user + ", " + name,
        691,
        AUTHENTICATION,
        refusedByRras(deciding(with(objects)).user(user), "0x2B3"),
        cause);
  }

  private static List<Case> provider() {
    return List.of(
        windows("a good account", "wrong-password", user()),
        windows("no account", "unknown-user", computer("NPS")),
        windows(
            "a locked account", "account-locked", user("msDS-User-Account-Control-Computed", "16")),
        windows(
            "an expired account", "account-expired", user("accountExpires", "129067776000000000")),
        windowsAs("CORP\\Alice", "a good account", "wrong-password", user()),
        windowsAs("corp.example\\alice", "a good account", "wrong-password", user()),
        windowsAs("alice@corp.example", "a good account", "wrong-password", user()),
        windowsAs(
            "alice@corp.example",
            "a locked account",
            "account-locked",
            user("msDS-User-Account-Control-Computed", "16")),
        windowsAs("zoe@corp.example", "no such account", "unknown-user", user()),
        windowsAs("CONTOSO\\alice", "another domain", "unknown-domain", user()),
        windowsAs("alice@contoso.example", "another domain", "unknown-domain", user()),
        windowsAs(
            "alice@mail.example",
            "an alternative suffix",
            "wrong-password",
            user("userPrincipalName", "Alice@mail.example")),
        certain(
            "administrator: no RADIUS server configured",
            691,
            AUTHENTICATION,
            refusedByRras(administrator(), "0x3AA"),
            "auth-provider-misconfigured"),
        certain(
            "administrator: RRAS in a workgroup decides, NPS is idle",
            691,
            AUTHENTICATION,
            refusedByRras(deciding(administrator(), "Domain", "WORKGROUP"), "0x2B3"),
            "auth-provider-misconfigured"),
        certain(
            "administrator: RRAS in a workgroup decides, and there is no NPS",
            691,
            AUTHENTICATION,
            refusedByRras(
                deciding(administrator().host("nps", Map.of(), NPS), "Domain", "WORKGROUP"),
                "0x2B3"),
            "server-not-domain-joined"));
  }

  private static List<Case> unreachable() {
    return List.of(
        certain(
            "administrator: NPS found no domain controller",
            812,
            AUTHENTICATION,
            NetworkPolicyCases.timedOut(administrator())
                .event("nps", "System", "NETLOGON", 5719, "Reason", "no answer")
                .failed(812),
            "directory-unreachable"),
        certain(
            "administrator: the domain does not believe NPS",
            812,
            AUTHENTICATION,
            NetworkPolicyCases.timedOut(administrator())
                .event("nps", "System", "NETLOGON", 3210, "Reason", "invalidCredentials")
                .failed(812),
            "computer-account-broken"),
        certain(
            "administrator: RRAS found no domain controller",
            691,
            AUTHENTICATION,
            refusedByRras(
                deciding(administrator())
                    .event("rras", "System", "NETLOGON", 5719, "Reason", "no answer"),
                "0x51F"),
            "directory-unreachable"));
  }

  private static List<Case> method() {
    return List.of(
        certain(
            "client: 812 before the server's proof",
            812,
            AUTHENTICATION,
            client().dialing().linkTried().failed(812),
            "rras-auth-method-mismatch"),
        certain(
            "administrator: 812 before the server's proof",
            812,
            AUTHENTICATION,
            administrator()
                .dialing()
                .linkTried()
                .event("rras", "System", "RemoteAccess", 20276, "Reason", "the client wants EAP")
                .failed(812),
            "rras-auth-method-mismatch"),
        candidates(
            "client: 691 for a name with a domain",
            691,
            AUTHENTICATION,
            Wire.proven(client().user("CORP\\alice")).failed(691),
            withUnknownDomain()));
  }

  private static String[] withUnknownDomain() {
    List<String> all = new java.util.ArrayList<>(List.of(NetworkPolicyCases.CANDIDATES_691));
    all.add(2, "unknown-domain");
    return all.toArray(String[]::new);
  }
}
