package vpnlab.protocol.x509;

import java.security.cert.X509CRL;
import java.util.List;
import java.util.Optional;

/**
 * What is demanded of a chain besides being a chain.
 *
 * @param requiredPurpose the purpose that the certificate and, by nesting, all above it must allow
 * @param missingPurposesAllowed whether a certificate without any extended key usage is good for
 *     all purposes, which is the chain engine's own rule; Windows' IKEv2 client demands that Server
 *     Authentication be there
 * @param digitalSignatureRequired whether a key usage extension, when present, must allow digital
 *     signatures, as IKE's AUTH payload needs
 * @param expectedNames DNS names or IP literals, of which one must match; empty for any name
 * @param revocation whether and how revocation is looked at
 * @param revocationLists those that are at hand
 */
public record ChainPolicy(
    Optional<KeyPurpose> requiredPurpose,
    boolean missingPurposesAllowed,
    boolean digitalSignatureRequired,
    List<String> expectedNames,
    Revocation revocation,
    List<X509CRL> revocationLists) {

  /** How revocation is looked at. */
  public enum Revocation {
    NONE,
    /** Revoked when a list at hand says so; no list is no problem. */
    IF_AVAILABLE,
    /** Every certificate below the root needs a current list. */
    REQUIRED
  }

  public ChainPolicy {
    expectedNames = List.copyOf(expectedNames);
    revocationLists = List.copyOf(revocationLists);
  }

  /** No demands. */
  public static ChainPolicy base() {
    return new ChainPolicy(Optional.empty(), true, false, List.of(), Revocation.NONE, List.of());
  }

  /** Windows' IKEv2 client looking at the server that it dialed by {@code name}. */
  public static ChainPolicy ikeServer(String name) {
    return base()
        .requiring(KeyPurpose.SERVER_AUTH, false)
        .withDigitalSignatureRequired(true)
        .withExpectedNames(List.of(name));
  }

  /** A VPN or RADIUS server looking at a client's certificate. */
  public static ChainPolicy client() {
    return base().requiring(KeyPurpose.CLIENT_AUTH, true).withDigitalSignatureRequired(true);
  }

  public ChainPolicy requiring(KeyPurpose purpose, boolean missingAllowed) {
    return new ChainPolicy(
        Optional.of(purpose),
        missingAllowed,
        digitalSignatureRequired,
        expectedNames,
        revocation,
        revocationLists);
  }

  public ChainPolicy withDigitalSignatureRequired(boolean required) {
    return new ChainPolicy(
        requiredPurpose,
        missingPurposesAllowed,
        required,
        expectedNames,
        revocation,
        revocationLists);
  }

  public ChainPolicy withExpectedNames(List<String> names) {
    return new ChainPolicy(
        requiredPurpose,
        missingPurposesAllowed,
        digitalSignatureRequired,
        names,
        revocation,
        revocationLists);
  }

  public ChainPolicy withRevocation(Revocation check, List<X509CRL> lists) {
    return new ChainPolicy(
        requiredPurpose,
        missingPurposesAllowed,
        digitalSignatureRequired,
        expectedNames,
        check,
        lists);
  }
}
