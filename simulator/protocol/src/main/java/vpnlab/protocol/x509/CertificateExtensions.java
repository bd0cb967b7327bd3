package vpnlab.protocol.x509;

import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The extensions that a recipe asks for, and the two key identifiers, which all get. */
final class CertificateExtensions {
  private CertificateExtensions() {}

  static Extensions of(CertificateRecipe recipe, PublicKey key, PublicKey issuerKey)
      throws IOException {
    ExtensionsGenerator out = new ExtensionsGenerator();
    if (recipe.ca()) {
      out.addExtension(Extension.basicConstraints, true, basicConstraints(recipe));
    }
    if (recipe.keyUsage().isPresent()) {
      out.addExtension(Extension.keyUsage, true, keyUsage(recipe.keyUsage().get()));
    }
    if (recipe.extendedKeyUsage().isPresent()) {
      out.addExtension(
          Extension.extendedKeyUsage, false, purposes(recipe.extendedKeyUsage().get()));
    }
    if (!recipe.subjectAltNames().isEmpty()) {
      GeneralName[] names =
          recipe.subjectAltNames().stream()
              .map(SubjectAltName::generalName)
              .toArray(GeneralName[]::new);
      out.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    if (!recipe.permittedDnsNames().isEmpty() || !recipe.excludedDnsNames().isEmpty()) {
      out.addExtension(
          Extension.nameConstraints,
          true,
          new NameConstraints(
              subtrees(recipe.permittedDnsNames()), subtrees(recipe.excludedDnsNames())));
    }
    out.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(key)));
    out.addExtension(Extension.authorityKeyIdentifier, false, authorityKey(issuerKey));
    if (recipe.caIssuersUrl().isPresent()) {
      out.addExtension(
          Extension.authorityInfoAccess,
          false,
          new AuthorityInformationAccess(
              AccessDescription.id_ad_caIssuers, uri(recipe.caIssuersUrl().get())));
    }
    if (recipe.crlDistributionPoint().isPresent()) {
      out.addExtension(
          Extension.cRLDistributionPoints,
          false,
          distributionPoint(recipe.crlDistributionPoint().get()));
    }
    return out.generate();
  }

  static AuthorityKeyIdentifier authorityKey(PublicKey issuerKey) {
    return new AuthorityKeyIdentifier(identifier(issuerKey));
  }

  /** RFC 5280, 4.2.1.2, method 1: SHA-1 of the public key's bit string without its header. */
  private static byte[] identifier(PublicKey key) {
    return Digests.sha1(
        SubjectPublicKeyInfo.getInstance(key.getEncoded()).getPublicKeyData().getOctets());
  }

  private static BasicConstraints basicConstraints(CertificateRecipe recipe) {
    return recipe.pathLength().isPresent()
        ? new BasicConstraints(recipe.pathLength().getAsInt())
        : new BasicConstraints(true);
  }

  private static org.bouncycastle.asn1.x509.KeyUsage keyUsage(Set<KeyUsage> usages) {
    int bits = 0;
    for (KeyUsage usage : usages) {
      bits |= usage.mask();
    }
    return new org.bouncycastle.asn1.x509.KeyUsage(bits);
  }

  private static org.bouncycastle.asn1.x509.ExtendedKeyUsage purposes(List<KeyPurpose> purposes) {
    return new org.bouncycastle.asn1.x509.ExtendedKeyUsage(
        purposes.stream()
            .map(purpose -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose.oid())))
            .toArray(KeyPurposeId[]::new));
  }

  private static GeneralSubtree[] subtrees(List<String> names) {
    return names.isEmpty()
        ? null
        : names.stream()
            .map(name -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, name)))
            .toArray(GeneralSubtree[]::new);
  }

  private static GeneralName uri(String url) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, url);
  }

  private static CRLDistPoint distributionPoint(String url) {
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(new DistributionPointName(new GeneralNames(uri(url))), null, null)
        });
  }
}
