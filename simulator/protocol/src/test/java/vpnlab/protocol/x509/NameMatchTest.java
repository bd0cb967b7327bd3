package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameMatchTest {
  private final Drawer drawer = new Drawer();

  @ParameterizedTest(name = "CN={0} SAN={1} dialed {2}: {3}")
  @CsvSource({
    // subject CN, SANs, dialed, matches
    "vpn.corp.example, DNS:vpn.corp.example, vpn.corp.example, true",
    "vpn.corp.example, DNS:vpn.corp.example, VPN.Corp.Example, true",
    "vpn.corp.example, DNS:vpn.corp.example, vpn.corp.example., true",
    "vpn.corp.example, DNS:vpn.corp.example., vpn.corp.example, true",
    "vpn.corp.example, DNS:vpn.corp.example, vpn.corp.exampl, false",
    "vpn.corp.example, DNS:vpn.corp.example, corp.example, false",
    "other, DNS:a.example DNS:vpn.corp.example, vpn.corp.example, true",
    // the common name counts only without a dNSName
    "vpn.corp.example, '', vpn.corp.example, true",
    "vpn.corp.example, IP:192.0.2.1, vpn.corp.example, true",
    "vpn.corp.example, UPN:vpn@corp.example, vpn.corp.example, true",
    "vpn.corp.example, DNS:other.example, vpn.corp.example, false",
    // wildcards: one whole label, leftmost, two labels after it
    "x, DNS:*.corp.example, vpn.corp.example, true",
    "x, DNS:*.CORP.example, VPN.corp.EXAMPLE, true",
    "*.corp.example, '', vpn.corp.example, true",
    "x, DNS:*.corp.example, a.vpn.corp.example, false",
    "x, DNS:*.corp.example, corp.example, false",
    "x, DNS:*.corp.example, .corp.example, false",
    "x, DNS:vp*.corp.example, vpn.corp.example, false",
    "x, DNS:*pn.corp.example, vpn.corp.example, false",
    "x, DNS:vpn.*.example, vpn.corp.example, false",
    "x, DNS:*.example, corp.example, false",
    "x, DNS:*.example., corp.example, false",
    // addresses
    "x, IP:192.0.2.1, 192.0.2.1, true",
    "x, IP:192.0.2.1, 192.0.2.2, false",
    "x, IP:2001:db8::1, 2001:DB8:0:0::1, true",
    "x, IP:2001:db8::1, 2001:db8::2, false",
    "x, DNS:vpn.corp.example, 192.0.2.1, false",
    "x, DNS:192.0.2.1, 192.0.2.1, false",
    "192.0.2.1, '', 192.0.2.1, true",
    "192.0.2.1, DNS:vpn.corp.example, 192.0.2.1, false",
    "192.0.2.1, IP:192.0.2.9, 192.0.2.1, false",
    "x, DNS:*.0.2.1, 192.0.2.1, false",
    "x, DNS:vpn.corp.example, '', false",
  })
  void aNameMatchesByTheRules(String commonName, String names, String dialed, boolean matches) {
    CertificateRecipe.Builder recipe = Drawer.server().commonName(commonName).noSubjectAltNames();
    for (String name : names.isBlank() ? new String[0] : names.split(" ")) {
      int colon = name.indexOf(':');
      recipe.subjectAltName(
          new SubjectAltName(
              SubjectAltName.Kind.valueOf(name.substring(0, colon)), name.substring(colon + 1)));
    }
    assertThat(NameMatch.matches(drawer.issue(recipe).certificate(), dialed)).isEqualTo(matches);
  }
}
