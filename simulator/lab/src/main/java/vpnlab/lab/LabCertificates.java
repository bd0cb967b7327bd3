package vpnlab.lab;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.lab.host.CertificateStores;
import vpnlab.lab.host.StoredKey;
import vpnlab.lab.spec.CertificateSpec;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.NetworkSpec.HostSpec;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.CertificateRecipe;
import vpnlab.protocol.x509.IssuedCertificate;
import vpnlab.protocol.x509.KeyKind;
import vpnlab.protocol.x509.KeyPool;
import vpnlab.protocol.x509.KeyPurpose;
import vpnlab.protocol.x509.KeyUsage;
import vpnlab.protocol.x509.Mint;

/** The lab's CA: mints all certificates of a lab when it starts and puts them into the stores. */
final class LabCertificates {
  private final Mint mint;
  private final Map<String, IssuedCertificate> issued;

  private LabCertificates(Mint mint, Map<String, IssuedCertificate> issued) {
    this.mint = mint;
    this.issued = issued;
  }

  static LabCertificates mint(LabSpec spec, Instant start, KeyPool keys, RandomSource random) {
    Map<String, CertificateRecipe> recipes = new LinkedHashMap<>();
    spec.certificates().forEach((name, recipe) -> recipes.put(name, recipe(recipe, start)));
    Mint mint = new Mint(keys, random);
    return new LabCertificates(mint, mint.issueAll(recipes));
  }

  Mint mint() {
    return mint;
  }

  /** By the name in the lab file. */
  IssuedCertificate issued(String name) {
    return issued.get(name);
  }

  CertificateStores storesOf(HostSpec host) {
    CertificateStores stores = new CertificateStores();
    host.certificates()
        .forEach(
            (store, content) ->
                content.forEach(
                    (name, presence) ->
                        stores.add(store, entry(issued.get(name), presence.equals("with-key")))));
    return stores;
  }

  /** SHA-1, as Windows' profiles name roots. */
  String thumbprint(String name) {
    return CertificateFields.thumbprint(issued.get(name).certificate());
  }

  private static StoredKey entry(IssuedCertificate certificate, boolean withKey) {
    List<X509Certificate> chain =
        certificate.chain().stream()
            .filter(
                c ->
                    c.equals(certificate.certificate())
                        || !c.getSubjectX500Principal().equals(c.getIssuerX500Principal()))
            .toList();
    return new StoredKey(
        certificate.certificate(),
        withKey ? Optional.of(certificate.privateKey()) : Optional.empty(),
        chain);
  }

  private static CertificateRecipe recipe(CertificateSpec spec, Instant start) {
    CertificateRecipe.Builder recipe =
        CertificateRecipe.of(spec.subject())
            .key(KeyKind.parse(spec.key()))
            .notBefore(spec.notBefore().from(start))
            .notAfter(spec.notAfter().from(start));
    if (!spec.issuer().isEmpty()) {
      recipe.issuer(spec.issuer());
    }
    if (spec.authority()) {
      recipe.ca();
    }
    spec.dns().forEach(recipe::dns);
    spec.addresses().forEach(recipe::ip);
    spec.upn().ifPresent(recipe::upn);
    if (!spec.extendedKeyUsage().isEmpty()) {
      recipe.extendedKeyUsage(
          spec.extendedKeyUsage().stream().map(KeyPurpose::parse).toArray(KeyPurpose[]::new));
    }
    if (!spec.keyUsage().isEmpty()) {
      recipe.keyUsage(spec.keyUsage().stream().map(KeyUsage::parse).toList());
    }
    if (!spec.authorityInformationAccess().isEmpty()) {
      recipe.caIssuersUrl(spec.authorityInformationAccess());
    }
    if (!spec.crlDistributionPoint().isEmpty()) {
      recipe.crlDistributionPoint(spec.crlDistributionPoint());
    }
    return recipe.build();
  }
}
