package vpnlab.protocol.x509;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that is to stand in a certificate (RFC 5280), good or bad, except what its issuer adds.
 *
 * @param keyIndex which key of the {@link KeyPool}; empty for the next one of the mint
 * @param extendedKeyUsage empty for no such extension
 * @param keyUsage empty for no such extension
 * @param notBefore to the second
 * @param notAfter to the second; the certificate is still valid at this instant
 * @param ca whether there is a basic constraints extension that says CA
 * @param pathLength of the basic constraints
 * @param issuer the key of the issuer's recipe in {@link Mint#issueAll}; empty for self-signed
 * @param caIssuersUrl authority information access, id-ad-caIssuers
 * @param crlDistributionPoint a URL
 * @param signature how the issuer signs this certificate
 * @param permittedDnsNames permitted subtrees of the name constraints
 * @param excludedDnsNames excluded subtrees of the name constraints
 */
public record CertificateRecipe(
    String commonName,
    Optional<String> organization,
    KeyKind key,
    OptionalInt keyIndex,
    List<SubjectAltName> subjectAltNames,
    Optional<List<KeyPurpose>> extendedKeyUsage,
    Optional<Set<KeyUsage>> keyUsage,
    Instant notBefore,
    Instant notAfter,
    boolean ca,
    OptionalInt pathLength,
    Optional<String> issuer,
    Optional<String> caIssuersUrl,
    Optional<String> crlDistributionPoint,
    SignatureScheme signature,
    List<String> permittedDnsNames,
    List<String> excludedDnsNames) {

  public CertificateRecipe {
    if (commonName.isBlank()) {
      throw new IllegalArgumentException("a certificate needs a common name");
    }
    if (notAfter.isBefore(notBefore)) {
      throw new IllegalArgumentException(
          "certificate " + commonName + ": notAfter " + notAfter + " is before " + notBefore);
    }
    if (extendedKeyUsage.isPresent() && extendedKeyUsage.get().isEmpty()) {
      throw new IllegalArgumentException(
          "certificate " + commonName + ": an empty extended key usage cannot be encoded");
    }
    if (pathLength.isPresent() && !ca) {
      throw new IllegalArgumentException(
          "certificate " + commonName + ": a path length needs a CA certificate");
    }
    subjectAltNames = List.copyOf(subjectAltNames);
    extendedKeyUsage = extendedKeyUsage.map(List::copyOf);
    keyUsage = keyUsage.map(usages -> Collections.unmodifiableSet(new TreeSet<>(usages)));
    permittedDnsNames = List.copyOf(permittedDnsNames);
    excludedDnsNames = List.copyOf(excludedDnsNames);
  }

  /** A bare certificate: RSA 2048, SHA-256, no extensions; validity must be set. */
  public static Builder of(String commonName) {
    return new Builder(commonName);
  }

  /** A certification authority with key usages keyCertSign and cRLSign. */
  public static Builder authority(String commonName) {
    return of(commonName).ca().keyUsage(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN);
  }

  /** A VPN server as the documents want it: DNS name, both EKUs, digitalSignature. */
  public static Builder server(String dnsName) {
    return of(dnsName)
        .dns(dnsName)
        .extendedKeyUsage(KeyPurpose.SERVER_AUTH, KeyPurpose.IKE_INTERMEDIATE)
        .keyUsage(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
  }

  /** A client certificate: clientAuth and digitalSignature; names are up to the caller. */
  public static Builder client(String commonName) {
    return of(commonName)
        .extendedKeyUsage(KeyPurpose.CLIENT_AUTH)
        .keyUsage(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
  }

  /** A builder that holds what this recipe says. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects a recipe. */
  public static final class Builder {
    private String commonName;
    private Optional<String> organization = Optional.empty();
    private KeyKind key = KeyKind.RSA2048;
    private OptionalInt keyIndex = OptionalInt.empty();
    private final List<SubjectAltName> subjectAltNames = new ArrayList<>();
    private Optional<List<KeyPurpose>> extendedKeyUsage = Optional.empty();
    private Optional<Set<KeyUsage>> keyUsage = Optional.empty();
    private Optional<Instant> notBefore = Optional.empty();
    private Optional<Instant> notAfter = Optional.empty();
    private boolean ca;
    private OptionalInt pathLength = OptionalInt.empty();
    private Optional<String> issuer = Optional.empty();
    private Optional<String> caIssuersUrl = Optional.empty();
    private Optional<String> crlDistributionPoint = Optional.empty();
    private SignatureScheme signature = SignatureScheme.SHA256;
    private final List<String> permittedDnsNames = new ArrayList<>();
    private final List<String> excludedDnsNames = new ArrayList<>();

    private Builder(String commonName) {
      this.commonName = commonName;
    }

    private Builder(CertificateRecipe recipe) {
      commonName = recipe.commonName;
      organization = recipe.organization;
      key = recipe.key;
      keyIndex = recipe.keyIndex;
      subjectAltNames.addAll(recipe.subjectAltNames);
      extendedKeyUsage = recipe.extendedKeyUsage;
      keyUsage = recipe.keyUsage;
      notBefore = Optional.of(recipe.notBefore);
      notAfter = Optional.of(recipe.notAfter);
      ca = recipe.ca;
      pathLength = recipe.pathLength;
      issuer = recipe.issuer;
      caIssuersUrl = recipe.caIssuersUrl;
      crlDistributionPoint = recipe.crlDistributionPoint;
      signature = recipe.signature;
      permittedDnsNames.addAll(recipe.permittedDnsNames);
      excludedDnsNames.addAll(recipe.excludedDnsNames);
    }

    public Builder commonName(String name) {
      commonName = name;
      return this;
    }

    public Builder organization(String name) {
      organization = Optional.of(name);
      return this;
    }

    public Builder key(KeyKind kind) {
      key = kind;
      return this;
    }

    public Builder keyIndex(int index) {
      keyIndex = OptionalInt.of(index);
      return this;
    }

    public Builder dns(String name) {
      return subjectAltName(SubjectAltName.dns(name));
    }

    public Builder ip(String literal) {
      return subjectAltName(SubjectAltName.ip(literal));
    }

    public Builder email(String address) {
      return subjectAltName(SubjectAltName.email(address));
    }

    public Builder upn(String userPrincipalName) {
      return subjectAltName(SubjectAltName.upn(userPrincipalName));
    }

    public Builder subjectAltName(SubjectAltName name) {
      subjectAltNames.add(name);
      return this;
    }

    public Builder noSubjectAltNames() {
      subjectAltNames.clear();
      return this;
    }

    public Builder extendedKeyUsage(KeyPurpose... purposes) {
      extendedKeyUsage = Optional.of(Arrays.asList(purposes));
      return this;
    }

    public Builder noExtendedKeyUsage() {
      extendedKeyUsage = Optional.empty();
      return this;
    }

    public Builder keyUsage(KeyUsage... usages) {
      return keyUsage(Arrays.asList(usages));
    }

    public Builder keyUsage(Collection<KeyUsage> usages) {
      keyUsage = Optional.of(new TreeSet<>(usages));
      return this;
    }

    public Builder noKeyUsage() {
      keyUsage = Optional.empty();
      return this;
    }

    public Builder notBefore(Instant instant) {
      notBefore = Optional.of(instant);
      return this;
    }

    public Builder notAfter(Instant instant) {
      notAfter = Optional.of(instant);
      return this;
    }

    public Builder valid(Instant from, Duration lifetime) {
      return notBefore(from).notAfter(from.plus(lifetime));
    }

    public Builder ca() {
      ca = true;
      return this;
    }

    public Builder notCa() {
      ca = false;
      pathLength = OptionalInt.empty();
      return this;
    }

    public Builder pathLength(int length) {
      pathLength = OptionalInt.of(length);
      return this;
    }

    public Builder issuer(String recipeName) {
      issuer = Optional.of(recipeName);
      return this;
    }

    public Builder caIssuersUrl(String url) {
      caIssuersUrl = Optional.of(url);
      return this;
    }

    public Builder crlDistributionPoint(String url) {
      crlDistributionPoint = Optional.of(url);
      return this;
    }

    public Builder signature(SignatureScheme scheme) {
      signature = scheme;
      return this;
    }

    public Builder permittedDnsName(String subtree) {
      permittedDnsNames.add(subtree);
      return this;
    }

    public Builder excludedDnsName(String subtree) {
      excludedDnsNames.add(subtree);
      return this;
    }

    /**
     * The recipe.
     *
     * @throws IllegalArgumentException when validity is missing or parts contradict each other
     */
    public CertificateRecipe build() {
      if (notBefore.isEmpty() || notAfter.isEmpty()) {
        throw new IllegalArgumentException(
            "certificate " + commonName + " needs notBefore and notAfter");
      }
      return new CertificateRecipe(
          commonName,
          organization,
          key,
          keyIndex,
          subjectAltNames,
          extendedKeyUsage,
          keyUsage,
          notBefore.get(),
          notAfter.get(),
          ca,
          pathLength,
          issuer,
          caIssuersUrl,
          crlDistributionPoint,
          signature,
          permittedDnsNames,
          excludedDnsNames);
    }
  }
}
