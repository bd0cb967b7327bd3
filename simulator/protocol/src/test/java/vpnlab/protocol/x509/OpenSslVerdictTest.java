package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.util.IPAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our verdicts against those of {@code openssl verify}, and our files against its readers. */
@Tag("real-peer")
class OpenSslVerdictTest {
  private static final Drawer DRAWER = new Drawer();

  @TempDir Path directory;

  @BeforeEach
  void opensslIsThere() {
    OpenSsl.require(directory);
  }

  /**
   * One certificate, how it is presented, and where openssl is known to judge by other rules.
   *
   * @param opensslDiffers why openssl's verdict must be the opposite; empty when both must agree
   */
  private record Case(
      String title,
      IssuedCertificate leaf,
      List<X509Certificate> sent,
      X509Certificate root,
      String dialed,
      ChainPolicy policy,
      Optional<String> opensslDiffers) {

    static Case server(String title, IssuedCertificate leaf) {
      return new Case(
          title,
          leaf,
          leaf.intermediates(),
          DRAWER.root.certificate(),
          Drawer.VPN,
          ChainPolicy.ikeServer(Drawer.VPN),
          Optional.empty());
    }

    static Case server(String title, CertificateRecipe.Builder recipe) {
      return server(title, DRAWER.issue(recipe));
    }

    static Case client(String title, CertificateRecipe.Builder recipe) {
      Case c = server(title, recipe);
      return new Case(title, c.leaf, c.sent, c.root, "", ChainPolicy.client(), Optional.empty());
    }

    Case sending(X509Certificate... others) {
      return new Case(title, leaf, List.of(others), root, dialed, policy, opensslDiffers);
    }

    Case trusting(IssuedCertificate other) {
      return new Case(title, leaf, sent, other.certificate(), dialed, policy, opensslDiffers);
    }

    Case dialing(String name) {
      return new Case(title, leaf, sent, root, name, ChainPolicy.ikeServer(name), opensslDiffers);
    }

    Case opensslDiffers(String why) {
      return new Case(title, leaf, sent, root, dialed, policy, Optional.of(why));
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Case> drawer() {
    List<Case> cases = new ArrayList<>();
    for (KeyKind kind : KeyKind.values()) {
      cases.add(Case.server("good " + kind, Drawer.server().key(kind)));
    }
    for (SignatureScheme scheme : SignatureScheme.values()) {
      cases.add(rsaChain(scheme));
    }
    IssuedCertificate good = DRAWER.issue(Drawer.server());
    addTimesAndNames(cases);
    addUsages(cases);
    addAuthorities(cases);
    cases.add(Case.server("tampered", good.withTamperedSignature()));
    cases.add(Case.server("missing intermediate", good).sending());
    cases.add(Case.server("untrusted root", good).trusting(DRAWER.root("Other Root")));
    cases.add(
        Case.server("root sent but not trusted", good)
            .sending(DRAWER.issuing.certificate(), DRAWER.root.certificate())
            .trusting(DRAWER.root("Other Root")));
    IssuedCertificate self = DRAWER.mint.issue(Drawer.server().build());
    cases.add(Case.server("self-signed, not trusted", self));
    cases.add(Case.server("self-signed, trusted", self).trusting(self));
    IssuedCertificate namesake =
        DRAWER.mint.issue(Drawer.authority("Corp Issuing CA").build(), DRAWER.root);
    cases.add(
        Case.server("a namesake of the intermediate is sent", good)
            .sending(namesake.certificate()));
    cases.add(
        Case.server("a namesake of the intermediate is sent too", good)
            .sending(namesake.certificate(), DRAWER.issuing.certificate()));
    return cases.stream();
  }

  private static Case rsaChain(SignatureScheme scheme) {
    IssuedCertificate root =
        DRAWER.mint.issue(
            Drawer.authority("RSA Root").key(KeyKind.RSA2048).signature(scheme).build());
    IssuedCertificate leaf =
        DRAWER.mint.issue(Drawer.server().key(KeyKind.RSA2048).signature(scheme).build(), root);
    return Case.server("good, signed with " + scheme, leaf).trusting(root);
  }

  private static void addTimesAndNames(List<Case> cases) {
    cases.add(Case.server("expired", Drawer.server().notAfter(Drawer.NOW.minusSeconds(1))));
    cases.add(Case.server("not yet valid", Drawer.server().notBefore(Drawer.NOW.plusSeconds(1))));
    cases.add(
        Case.server("expires now", Drawer.server().notAfter(Drawer.NOW))
            .opensslDiffers("to it the last second is over; RFC 5280, 4.1.2.5, includes it"));
    cases.add(Case.server("begins now", Drawer.server().notBefore(Drawer.NOW)));
    cases.add(Case.server("other name", Drawer.server()).dialing("vpn2.corp.example"));
    cases.add(Case.server("upper case", Drawer.server()).dialing("VPN.CORP.EXAMPLE"));
    cases.add(Case.server("CN only", Drawer.server().noSubjectAltNames()));
    cases.add(
        Case.server("CN fits, SAN does not", Drawer.server().noSubjectAltNames().dns("x.example")));
    CertificateRecipe.Builder wildcard =
        Drawer.server().commonName("x").noSubjectAltNames().dns("*.corp.example");
    cases.add(Case.server("wildcard", wildcard));
    cases.add(Case.server("wildcard, two labels", wildcard).dialing("a.b.corp.example"));
    cases.add(Case.server("wildcard, no label", wildcard).dialing("corp.example"));
    cases.add(
        Case.server(
                "wildcard over a top level",
                Drawer.server().commonName("x").noSubjectAltNames().dns("*.example"))
            .dialing("corp.example"));
    cases.add(
        Case.server(
                "partial wildcard",
                Drawer.server().commonName("x").noSubjectAltNames().dns("v*.corp.example"))
            .opensslDiffers("it lets a star stand for a part of a label"));
    CertificateRecipe.Builder ip = Drawer.server().ip("192.0.2.1").ip("2001:db8::1");
    cases.add(Case.server("dialed by IPv4", ip).dialing("192.0.2.1"));
    cases.add(Case.server("dialed by IPv6", ip).dialing("2001:db8:0::1"));
    cases.add(Case.server("dialed by another address", ip).dialing("192.0.2.2"));
    cases.add(Case.server("dialed by address, DNS only", Drawer.server()).dialing("192.0.2.1"));
    cases.add(
        Case.server("address as CN", Drawer.server().commonName("192.0.2.1").noSubjectAltNames())
            .dialing("192.0.2.1")
            .opensslDiffers("it takes addresses from subjectAltName only"));
  }

  private static void addUsages(List<Case> cases) {
    cases.add(
        Case.server("IKE only", Drawer.server().extendedKeyUsage(KeyPurpose.IKE_INTERMEDIATE)));
    cases.add(Case.server("client only", Drawer.server().extendedKeyUsage(KeyPurpose.CLIENT_AUTH)));
    cases.add(
        Case.server("no EKU", Drawer.server().noExtendedKeyUsage())
            .opensslDiffers("no extension is good for all; Windows' IKEv2 client wants it there"));
    cases.add(
        Case.server("any EKU", Drawer.server().extendedKeyUsage(KeyPurpose.ANY))
            .opensslDiffers("to it anyExtendedKeyUsage is no serverAuth"));
    cases.add(Case.server("no KU", Drawer.server().noKeyUsage()));
    cases.add(Case.server("KU cRLSign", Drawer.server().keyUsage(KeyUsage.CRL_SIGN)));
    cases.add(
        Case.server("KU keyEncipherment", Drawer.server().keyUsage(KeyUsage.KEY_ENCIPHERMENT))
            .opensslDiffers("keyEncipherment is enough for TLS, not for IKE's AUTH"));
    cases.add(Case.client("client", Drawer.client()));
    cases.add(Case.client("client without EKU", Drawer.client().noExtendedKeyUsage()));
    cases.add(
        Case.client(
            "client with serverAuth", Drawer.client().extendedKeyUsage(KeyPurpose.SERVER_AUTH)));
    cases.add(Case.client("expired client", Drawer.client().notAfter(Drawer.NOW.minusSeconds(1))));
  }

  private static void addAuthorities(List<Case> cases) {
    cases.add(under("issuer is no CA", Drawer.authority("No CA").notCa()));
    cases.add(
        under("issuer without keyCertSign", Drawer.authority("C").keyUsage(KeyUsage.CRL_SIGN)));
    cases.add(under("issuer without KU", Drawer.authority("D").noKeyUsage()));
    cases.add(
        under(
            "issuer for clients only",
            Drawer.authority("E").extendedKeyUsage(KeyPurpose.CLIENT_AUTH)));
    cases.add(
        under(
            "issuer for servers", Drawer.authority("F").extendedKeyUsage(KeyPurpose.SERVER_AUTH)));
    cases.add(under("name permitted", Drawer.authority("G").permittedDnsName("corp.example")));
    cases.add(under("name not permitted", Drawer.authority("H").permittedDnsName("else.example")));
    cases.add(under("name excluded", Drawer.authority("I").excludedDnsName("corp.example")));
    cases.add(under("expired issuer", Drawer.authority("J").notAfter(Drawer.NOW.minusSeconds(1))));
    IssuedCertificate below = DRAWER.mint.issue(Drawer.authority("Below").build(), DRAWER.issuing);
    cases.add(
        Case.server("path length exceeded", DRAWER.mint.issue(Drawer.server().build(), below)));
    IssuedCertificate oldRoot =
        DRAWER.mint.issue(Drawer.authority("Old").notAfter(Drawer.NOW.minusSeconds(1)).build());
    cases.add(
        Case.server("expired root", DRAWER.mint.issue(Drawer.server().build(), oldRoot))
            .trusting(oldRoot));
  }

  private static Case under(String title, CertificateRecipe.Builder authority) {
    IssuedCertificate issuer = DRAWER.mint.issue(authority.build(), DRAWER.root);
    return Case.server(title, DRAWER.mint.issue(Drawer.server().build(), issuer));
  }

  @ParameterizedTest
  @MethodSource("drawer")
  void opensslSaysTheSame(Case c) throws IOException {
    ChainResult ours =
        Drawer.engine(c.root).evaluate(c.leaf.certificate(), c.sent, Drawer.NOW, c.policy);
    OpenSsl openssl = verify(c);
    assertThat(openssl.output()).containsAnyOf(": OK", "verification failed");
    boolean accepted = openssl.exitCode() == 0;
    assertThat(ours.has(ChainError.VALIDATORS_DISAGREE)).as("%s", ours).isFalse();
    assertThat(accepted)
        .as("ours: %s%nopenssl: %s%n%s", ours, openssl.output(), c.opensslDiffers)
        .isEqualTo(c.opensslDiffers.isPresent() != ours.valid());
  }

  private OpenSsl verify(Case c) throws IOException {
    PemFile.writeCertificates(directory.resolve("root.pem"), List.of(c.root));
    PemFile.writeCertificates(directory.resolve("leaf.pem"), List.of(c.leaf.certificate()));
    List<String> command = new ArrayList<>(List.of("verify", "-no-CApath", "-no-CAstore"));
    command.addAll(List.of("-CAfile", "root.pem"));
    if (!c.sent.isEmpty()) {
      PemFile.writeCertificates(directory.resolve("sent.pem"), c.sent);
      command.addAll(List.of("-untrusted", "sent.pem"));
    }
    command.addAll(List.of("-attime", String.valueOf(Drawer.NOW.getEpochSecond())));
    command.addAll(List.of("-purpose", c.dialed.isEmpty() ? "sslclient" : "sslserver"));
    if (!c.dialed.isEmpty()) {
      String option = IPAddress.isValid(c.dialed) ? "-verify_ip" : "-verify_hostname";
      command.addAll(List.of(option, c.dialed));
    }
    command.add("leaf.pem");
    return OpenSsl.run(directory, command.toArray(new String[0]));
  }

  @Test
  void opensslReadsTheUserPrincipalNameAndTheUrls() throws IOException {
    IssuedCertificate issued =
        DRAWER.issue(
            Drawer.client()
                .email("alice@corp.example")
                .extendedKeyUsage(KeyPurpose.CLIENT_AUTH, KeyPurpose.SMARTCARD_LOGON)
                .caIssuersUrl("http://pki.corp.example/ca.crt")
                .crlDistributionPoint("http://pki.corp.example/ca.crl"));
    PemFile.writeCertificates(directory.resolve("c.pem"), List.of(issued.certificate()));
    assertThat(OpenSsl.run(directory, "x509", "-in", "c.pem", "-noout", "-text").output())
        .contains("othername: UPN::alice@corp.example")
        .contains("email:alice@corp.example")
        .contains("TLS Web Client Authentication, Microsoft Smartcard Login")
        .contains("CA Issuers - URI:http://pki.corp.example/ca.crt")
        .contains("URI:http://pki.corp.example/ca.crl")
        .contains("Subject: CN = alice");
  }

  @Test
  void opensslHonoursOurRevocationList() throws Exception {
    IssuedCertificate revoked = DRAWER.issue(Drawer.server());
    X509CRL list =
        DRAWER.mint.revocationList(
            DRAWER.issuing,
            List.of(revoked.certificate()),
            Drawer.NOW.minusSeconds(60),
            Drawer.NOW.plusSeconds(60),
            1);
    Files.write(directory.resolve("list.der"), list.getEncoded());
    OpenSsl.run(directory, "crl", "-inform", "DER", "-in", "list.der", "-out", "list.pem");
    PemFile.writeCertificates(
        directory.resolve("ca.pem"),
        List.of(DRAWER.issuing.certificate(), DRAWER.root.certificate()));
    PemFile.writeCertificates(directory.resolve("r.pem"), List.of(revoked.certificate()));
    String attime = String.valueOf(Drawer.NOW.getEpochSecond());
    OpenSsl verdict =
        OpenSsl.run(
            directory,
            "verify",
            "-CAfile",
            "ca.pem",
            "-CRLfile",
            "list.pem",
            "-crl_check",
            "-attime",
            attime,
            "r.pem");
    assertThat(verdict.exitCode()).isEqualTo(2);
    assertThat(verdict.output()).contains("certificate revoked");
  }
}
