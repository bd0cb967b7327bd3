package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import vpnlab.protocol.RandomSource;

/** A small public key infrastructure for the tests, minted anew each time. */
final class Drawer {
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  static final Instant ISSUED = NOW.minus(Duration.ofDays(30));
  static final Duration YEAR = Duration.ofDays(365);
  static final String VPN = "vpn.corp.example";

  final Mint mint = new Mint(KeyPool.shared(), RandomSource.seeded(7));
  final IssuedCertificate root = root("Corp Root CA");
  final IssuedCertificate issuing =
      mint.issue(authority("Corp Issuing CA").pathLength(0).build(), root);

  static CertificateRecipe.Builder authority(String name) {
    return CertificateRecipe.authority(name)
        .organization("Corp")
        .key(KeyKind.P256)
        .valid(ISSUED.minus(YEAR), YEAR.multipliedBy(10));
  }

  static CertificateRecipe.Builder server() {
    return CertificateRecipe.server(VPN).key(KeyKind.P256).valid(ISSUED, YEAR);
  }

  static CertificateRecipe.Builder client() {
    return CertificateRecipe.client("alice")
        .key(KeyKind.P256)
        .upn("alice@corp.example")
        .valid(ISSUED, YEAR);
  }

  IssuedCertificate root(String name) {
    return mint.issue(authority(name).build());
  }

  IssuedCertificate issue(CertificateRecipe.Builder recipe) {
    return mint.issue(recipe.build(), issuing);
  }

  ChainResult judge(IssuedCertificate certificate, ChainPolicy policy) {
    return engine(root.certificate())
        .evaluate(certificate.certificate(), certificate.intermediates(), NOW, policy);
  }

  ChainResult judgeServer(CertificateRecipe.Builder recipe) {
    return judge(issue(recipe), ChainPolicy.ikeServer(VPN));
  }

  static ChainEngine engine(X509Certificate... roots) {
    return new ChainEngine(List.of(roots), List.of());
  }
}
