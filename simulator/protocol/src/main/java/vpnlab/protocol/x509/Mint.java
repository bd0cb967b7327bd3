package vpnlab.protocol.x509;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;

/**
 * Issues certificates and revocation lists (RFC 5280) by recipe. The same pool, seed and recipes
 * give the same octets: keys come from the {@link KeyPool}, serial numbers and PSS salts are
 * derived from what is signed and a secret of this mint, and ECDSA is RFC 6979's.
 *
 * <p>For one lab; not for several threads.
 */
public final class Mint {
  private static final DateTimeFormatter UTC_TIME = format("yyMMddHHmmss'Z'");
  private static final DateTimeFormatter GENERALIZED_TIME = format("yyyyMMddHHmmss'Z'");
  private static final int FIRST_GENERALIZED_YEAR = 2050;

  private final KeyPool keys;
  private final Octets secret;
  private final Map<KeyKind, Integer> nextIndex = new EnumMap<>(KeyKind.class);

  /** Takes 32 octets from {@code random} and no more. */
  public Mint(KeyPool keys, RandomSource random) {
    this.keys = keys;
    this.secret = random.octets(32);
  }

  /** Issues a self-signed certificate. */
  public IssuedCertificate issue(CertificateRecipe recipe) {
    KeyPair pair = keyPairFor(recipe);
    X500Name name = subject(recipe);
    X509Certificate certificate =
        sign(recipe, pair.getPublic(), name, pair.getPrivate(), pair.getPublic());
    return new IssuedCertificate(certificate, pair.getPrivate(), List.of(certificate));
  }

  /** Issues a certificate under another, whether or not that one may issue any. */
  public IssuedCertificate issue(CertificateRecipe recipe, IssuedCertificate issuer) {
    KeyPair pair = keyPairFor(recipe);
    X500Name issuerName =
        X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
    X509Certificate certificate =
        sign(
            recipe,
            pair.getPublic(),
            issuerName,
            issuer.privateKey(),
            issuer.certificate().getPublicKey());
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(issuer.chain());
    return new IssuedCertificate(certificate, pair.getPrivate(), chain);
  }

  /**
   * Certifies a key whose private half stays with who asked, as a {@link CertificationRequest} has
   * it; the recipe's own key does not count.
   */
  public X509Certificate certify(
      CertificateRecipe recipe, PublicKey subjectKey, IssuedCertificate issuer) {
    return sign(
        recipe,
        subjectKey,
        X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()),
        issuer.privateKey(),
        issuer.certificate().getPublicKey());
  }

  /**
   * Issues all recipes, each under the one that its {@link CertificateRecipe#issuer()} names. The
   * result has the order of the recipes, which also gives out the keys.
   *
   * @throws IllegalArgumentException when an issuer is not among the recipes or issues itself
   *     through others
   */
  public Map<String, IssuedCertificate> issueAll(Map<String, CertificateRecipe> recipes) {
    Map<String, CertificateRecipe> withKeys = new LinkedHashMap<>();
    recipes.forEach(
        (name, recipe) ->
            withKeys.put(name, recipe.toBuilder().keyIndex(keyIndexFor(recipe)).build()));
    Map<String, IssuedCertificate> issued = new LinkedHashMap<>();
    for (String name : withKeys.keySet()) {
      issueNamed(name, withKeys, issued, new LinkedHashSet<>());
    }
    Map<String, IssuedCertificate> inOrder = new LinkedHashMap<>();
    withKeys.keySet().forEach(name -> inOrder.put(name, issued.get(name)));
    return inOrder;
  }

  private IssuedCertificate issueNamed(
      String name,
      Map<String, CertificateRecipe> recipes,
      Map<String, IssuedCertificate> issued,
      Set<String> under) {
    IssuedCertificate done = issued.get(name);
    if (done != null) {
      return done;
    }
    if (!under.add(name)) {
      throw new IllegalArgumentException(
          "certificates issue each other in a circle: " + String.join(", ", under));
    }
    CertificateRecipe recipe = recipes.get(name);
    if (recipe == null) {
      throw new IllegalArgumentException(
          "no certificate '" + name + "' to issue others; there are " + recipes.keySet());
    }
    IssuedCertificate result =
        recipe.issuer().isEmpty()
            ? issue(recipe)
            : issue(recipe, issueNamed(recipe.issuer().get(), recipes, issued, under));
    issued.put(name, result);
    return result;
  }

  /**
   * A revocation list of {@code issuer}.
   *
   * @param number of the list (RFC 5280, 5.2.3)
   */
  public X509CRL revocationList(
      IssuedCertificate issuer,
      Collection<X509Certificate> revoked,
      Instant thisUpdate,
      Instant nextUpdate,
      long number) {
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(
            X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()),
            time(thisUpdate));
    builder.setNextUpdate(time(nextUpdate));
    for (X509Certificate certificate : revoked) {
      builder.addCRLEntry(certificate.getSerialNumber(), Date.from(thisUpdate), 0);
    }
    try {
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          CertificateExtensions.authorityKey(issuer.certificate().getPublicKey()));
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
      byte[] der =
          builder
              .build(new CertificateSigner(issuer.privateKey(), SignatureScheme.SHA256, secret))
              .getEncoded();
      return (X509CRL)
          CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    } catch (IOException | CertificateException | CRLException e) {
      throw new IllegalStateException("cannot make a revocation list", e);
    }
  }

  private X509Certificate sign(
      CertificateRecipe recipe,
      PublicKey publicKey,
      X500Name issuerName,
      PrivateKey issuerKey,
      PublicKey issuerPublicKey) {
    SubjectPublicKeyInfo keyInfo = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
    try {
      Extensions extensions = CertificateExtensions.of(recipe, publicKey, issuerPublicKey);
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuerName,
              serialNumber(recipe, issuerName, keyInfo, extensions),
              time(recipe.notBefore()),
              time(recipe.notAfter()),
              subject(recipe),
              keyInfo);
      for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
        builder.addExtension(extensions.getExtension(oid));
      }
      CertificateSigner signer = new CertificateSigner(issuerKey, recipe.signature(), secret);
      return CertificateFields.parse(builder.build(signer).getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("cannot issue " + recipe.commonName(), e);
    }
  }

  /**
   * 127 bits that depend on the content and on nothing issued before, so that one certificate more
   * in a lab leaves the others as they were.
   */
  private BigInteger serialNumber(
      CertificateRecipe recipe,
      X500Name issuerName,
      SubjectPublicKeyInfo keyInfo,
      Extensions extensions)
      throws IOException {
    ASN1EncodableVector content = new ASN1EncodableVector();
    content.add(issuerName);
    content.add(subject(recipe));
    content.add(time(recipe.notBefore()));
    content.add(time(recipe.notAfter()));
    content.add(keyInfo);
    content.add(extensions);
    byte[] mac = Digests.hmacSha256(secret, new DERSequence(content).getEncoded());
    mac[0] &= 0x7f;
    return new BigInteger(1, Arrays.copyOf(mac, 16)).max(BigInteger.ONE);
  }

  private KeyPair keyPairFor(CertificateRecipe recipe) {
    return keys.keyPair(recipe.key(), keyIndexFor(recipe));
  }

  private int keyIndexFor(CertificateRecipe recipe) {
    return recipe.keyIndex().isPresent()
        ? recipe.keyIndex().getAsInt()
        : nextIndex.merge(recipe.key(), 1, Integer::sum) - 1;
  }

  private static X500Name subject(CertificateRecipe recipe) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    recipe.organization().ifPresent(organization -> name.addRDN(BCStyle.O, organization));
    return name.addRDN(BCStyle.CN, recipe.commonName()).build();
  }

  /** RFC 5280, 4.1.2.5: UTCTime through 2049. Not by java.util.Date, which heeds the locale. */
  private static Time time(Instant instant) {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    return year >= 1950 && year < FIRST_GENERALIZED_YEAR
        ? new Time(new DERUTCTime(UTC_TIME.format(instant)))
        : new Time(new DERGeneralizedTime(GENERALIZED_TIME.format(instant)));
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
