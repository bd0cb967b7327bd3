package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.protocol.x509.ServerCertificateSelection.NoneReason;
import vpnlab.protocol.x509.ServerCertificateSelection.Preference;
import vpnlab.protocol.x509.ServerCertificateSelection.Selection;

class ServerCertificateSelectionTest {
  private final Drawer drawer = new Drawer();

  private IssuedCertificate with(String purposes) {
    CertificateRecipe.Builder recipe = Drawer.server();
    if (purposes.equals("none")) {
      return drawer.issue(recipe.noExtendedKeyUsage());
    }
    List<KeyPurpose> parsed = new ArrayList<>();
    for (String purpose : purposes.split("\\+", -1)) {
      parsed.add(KeyPurpose.parse(purpose));
    }
    return drawer.issue(recipe.extendedKeyUsage(parsed.toArray(new KeyPurpose[0])));
  }

  @ParameterizedTest(name = "{0} -> {1} as {2}")
  @CsvSource({
    "none clientAuth ikeIntermediate serverAuth serverAuth+ikeIntermediate, 4, BOTH_PURPOSES",
    "none clientAuth ikeIntermediate serverAuth, 3, SERVER_AUTHENTICATION_ONLY",
    "none clientAuth ikeIntermediate, 2, IKE_INTERMEDIATE_ONLY",
    "clientAuth, 0, ANY",
    "none, 0, ANY",
    "any, 0, ANY",
    "ikeIntermediate ikeIntermediate+clientAuth+serverAuth, 1, BOTH_PURPOSES",
    "any serverAuth+clientAuth ikeIntermediate, 1, SERVER_AUTHENTICATION_ONLY",
  })
  void theBestClassIsServedInWhateverOrderTheStoreIs(
      String store, int expected, Preference preference) {
    List<IssuedCertificate> entries = new ArrayList<>();
    for (String purposes : store.split(" ", -1)) {
      entries.add(with(purposes));
    }
    IssuedCertificate wanted = entries.get(expected);
    for (int rotation = 0; rotation < entries.size(); rotation++) {
      Collections.rotate(entries, 1);
      Selection.Chosen<IssuedCertificate> chosen = chosen(entries);
      assertThat(chosen.chosen()).isEqualTo(wanted);
      assertThat(chosen.preference()).isEqualTo(preference);
      assertThat(chosen.ambiguous()).isFalse();
      assertThat(chosen.candidates()).containsExactly(wanted);
    }
  }

  @Test
  void severalOfTheBestClassAreAmbiguousAndTheYoungestIsServed() {
    IssuedCertificate younger =
        drawer.issue(Drawer.server().notBefore(Drawer.ISSUED.plusSeconds(60)));
    IssuedCertificate older = drawer.issue(Drawer.server());
    IssuedCertificate lesser = with("serverAuth");
    Selection.Chosen<IssuedCertificate> chosen = chosen(List.of(older, lesser, younger));
    assertThat(chosen.ambiguous()).isTrue();
    assertThat(chosen.candidates()).containsExactly(younger, older);
    assertThat(chosen.chosen()).isEqualTo(younger);
  }

  @Test
  void ofTheSameAgeTheLowestThumbprintIsServed() {
    IssuedCertificate a = drawer.issue(Drawer.server());
    IssuedCertificate b = drawer.issue(Drawer.server());
    List<IssuedCertificate> candidates = chosen(List.of(a, b)).candidates();
    assertThat(candidates).isEqualTo(chosen(List.of(b, a)).candidates());
    assertThat(CertificateFields.thumbprint(candidates.get(0).certificate()))
        .isLessThan(CertificateFields.thumbprint(candidates.get(1).certificate()));
  }

  @Test
  void neitherValidityNorNameNorTrustIsLookedAt() {
    IssuedCertificate expired =
        drawer.mint.issue(
            Drawer.server()
                .noSubjectAltNames()
                .commonName("someone.else.example")
                .notAfter(Drawer.NOW.minusSeconds(1))
                .build());
    assertThat(chosen(List.of(with("serverAuth"), expired)).chosen()).isEqualTo(expired);
  }

  @Test
  void aKeyUsageWithoutDigitalSignatureIsUnfitEvenInTheBestClass() {
    IssuedCertificate unfit = drawer.issue(Drawer.server().keyUsage(KeyUsage.KEY_ENCIPHERMENT));
    IssuedCertificate fit = with("none");
    assertThat(chosen(List.of(unfit, fit)).chosen()).isEqualTo(fit);
    Selection<IssuedCertificate> none = ServerCertificateSelection.select(List.of(unfit));
    assertThat(none).isEqualTo(new Selection.None<>(NoneReason.ALL_UNFIT_KEY_USAGE));
    assertThat(none.toServe()).isEmpty();
  }

  @Test
  void aCertificateWithoutKeyUsageIsFit() {
    IssuedCertificate without = drawer.issue(Drawer.server().noKeyUsage());
    assertThat(ServerCertificateSelection.select(List.of(without)).toServe()).contains(without);
  }

  @Test
  void anEmptyStoreHasNoCertificate() {
    assertThat(ServerCertificateSelection.select(List.of()))
        .isEqualTo(new Selection.None<>(NoneReason.NO_CERTIFICATE));
  }

  private static Selection.Chosen<IssuedCertificate> chosen(List<IssuedCertificate> store) {
    Selection<IssuedCertificate> selection = ServerCertificateSelection.select(store);
    assertThat(selection).isInstanceOf(Selection.Chosen.class);
    return (Selection.Chosen<IssuedCertificate>) selection;
  }
}
