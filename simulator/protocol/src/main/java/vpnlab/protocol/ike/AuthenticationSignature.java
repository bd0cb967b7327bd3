package vpnlab.protocol.ike;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.AuthMethod;
import vpnlab.wire.ike.HashAlgorithm;
import vpnlab.wire.ike.Payload;

/** Signs and verifies AUTH payloads (RFC 7296 section 3.8, RFC 4754, RFC 7427). */
final class AuthenticationSignature {
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  /** Hashes by the names of the JDK, best first. */
  private record Hash(
      HashAlgorithm id,
      String name,
      int size,
      ASN1ObjectIdentifier oid,
      ASN1ObjectIdentifier withRsa,
      ASN1ObjectIdentifier withEcdsa) {
    String signature(String suffix) {
      return name.replace("-", "") + "with" + suffix;
    }
  }

  private static final List<Hash> HASHES =
      List.of(
          new Hash(
              HashAlgorithm.SHA2_256,
              "SHA-256",
              32,
              NISTObjectIdentifiers.id_sha256,
              PKCSObjectIdentifiers.sha256WithRSAEncryption,
              X9ObjectIdentifiers.ecdsa_with_SHA256),
          new Hash(
              HashAlgorithm.SHA2_384,
              "SHA-384",
              48,
              NISTObjectIdentifiers.id_sha384,
              PKCSObjectIdentifiers.sha384WithRSAEncryption,
              X9ObjectIdentifiers.ecdsa_with_SHA384),
          new Hash(
              HashAlgorithm.SHA2_512,
              "SHA-512",
              64,
              NISTObjectIdentifiers.id_sha512,
              PKCSObjectIdentifiers.sha512WithRSAEncryption,
              X9ObjectIdentifiers.ecdsa_with_SHA512),
          new Hash(
              HashAlgorithm.SHA1,
              "SHA-1",
              20,
              OIWObjectIdentifiers.idSHA1,
              PKCSObjectIdentifiers.sha1WithRSAEncryption,
              X9ObjectIdentifiers.ecdsa_with_SHA1));

  /** The hash and method that RFC 4754 ties to a curve, by the bits of its order. */
  private static final Map<Integer, AuthMethod> ECDSA_METHODS =
      Map.of(256, AuthMethod.ECDSA_256, 384, AuthMethod.ECDSA_384, 521, AuthMethod.ECDSA_521);

  private static final Map<AuthMethod, String> ECDSA_SIGNATURES =
      Map.of(
          AuthMethod.ECDSA_256, "SHA256withPLAIN-ECDSA",
          AuthMethod.ECDSA_384, "SHA384withPLAIN-ECDSA",
          AuthMethod.ECDSA_521, "SHA512withPLAIN-ECDSA");

  private AuthenticationSignature() {}

  /** The hashes of SIGNATURE_HASH_ALGORITHMS that this class can sign and verify with. */
  static List<HashAlgorithm> supported() {
    return HASHES.stream().map(Hash::id).toList();
  }

  /**
   * Signs.
   *
   * @param peersHashes what the peer's SIGNATURE_HASH_ALGORITHMS lists; empty when it sent none, so
   *     that only the methods older than RFC 7427 will do
   * @param rsaPss whether an RSA key signs with PSS where the peer can verify it
   * @throws GeneralSecurityException when the key is of no use
   */
  static Payload.Authentication sign(
      PrivateKey key,
      List<HashAlgorithm> peersHashes,
      boolean rsaPss,
      Octets octets,
      RandomSource random)
      throws GeneralSecurityException {
    Optional<Hash> common = HASHES.stream().filter(h -> peersHashes.contains(h.id)).findFirst();
    if (key instanceof RSAKey) {
      if (common.isEmpty()) {
        return new Payload.Authentication(
            AuthMethod.RSA_DIGITAL_SIGNATURE,
            sign(Signature.getInstance("SHA1withRSA"), key, octets, random));
      }
      Hash hash = common.get();
      return rsaPss
          ? digital(pssIdentifier(hash), sign(pss(hash, hash.size), key, octets, random))
          : digital(
              new AlgorithmIdentifier(hash.withRsa, DERNull.INSTANCE),
              sign(Signature.getInstance(hash.signature("RSA")), key, octets, random));
    }
    if (!(key instanceof ECKey ecKey)) {
      throw new GeneralSecurityException("cannot sign with a key of " + key.getAlgorithm());
    }
    int bits = ecKey.getParams().getOrder().bitLength();
    Optional<Hash> fitting =
        HASHES.stream()
            .filter(h -> peersHashes.contains(h.id))
            .filter(h -> 8 * h.size >= Math.min(bits, 512))
            .findFirst()
            .or(() -> common);
    if (fitting.isPresent()) {
      Signature signature = Signature.getInstance(fitting.get().signature("ECDSA"), BOUNCY_CASTLE);
      return digital(
          new AlgorithmIdentifier(fitting.get().withEcdsa), sign(signature, key, octets, random));
    }
    AuthMethod method = ECDSA_METHODS.get(bits);
    if (method == null) {
      throw new GeneralSecurityException("no AUTH method for an ECDSA key of " + bits + " bits");
    }
    Signature signature = Signature.getInstance(ECDSA_SIGNATURES.get(method), BOUNCY_CASTLE);
    return new Payload.Authentication(method, sign(signature, key, octets, random));
  }

  private static Octets sign(
      Signature signature, PrivateKey key, Octets octets, RandomSource random)
      throws GeneralSecurityException {
    signature.initSign(key, random.secureRandom());
    signature.update(octets.toArray());
    return Octets.of(signature.sign());
  }

  private static Payload.Authentication digital(AlgorithmIdentifier algorithm, Octets signature) {
    try {
      Octets der = Octets.of(algorithm.getEncoded("DER"));
      return new Payload.Authentication(
          AuthMethod.DIGITAL_SIGNATURE,
          new OctetWriter().u8(der.size()).octets(der).octets(signature).toOctets());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AlgorithmIdentifier pssIdentifier(Hash hash) {
    AlgorithmIdentifier digest = new AlgorithmIdentifier(hash.oid, DERNull.INSTANCE);
    AlgorithmIdentifier mask = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, digest);
    RSASSAPSSparams parameters =
        new RSASSAPSSparams(
            digest,
            mask,
            new org.bouncycastle.asn1.ASN1Integer(hash.size),
            RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
    return new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, parameters);
  }

  private static Signature pss(Hash hash, int saltSize) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(hash.name, "MGF1", new MGF1ParameterSpec(hash.name), saltSize, 1));
    return signature;
  }

  /** Whether the signature is good. A method or key of an unknown kind makes it not so. */
  static boolean verify(PublicKey key, Payload.Authentication authentication, Octets octets) {
    try {
      return switch (authentication.method().code()) {
        case 1 -> verifyRsa(key, authentication.data(), octets);
        case 9, 10, 11 -> verifyEcdsa(key, authentication, octets);
        case 14 -> verifyDigital(key, authentication.data(), octets);
        default -> false;
      };
    } catch (GeneralSecurityException | RuntimeException e) {
      // Providers throw all sorts of exceptions for signatures that are no signatures.
      return false;
    }
  }

  /** The method says SHA-1, but RFC 7296 lets the signer choose and PKCS #1 names the hash. */
  private static boolean verifyRsa(PublicKey key, Octets value, Octets octets)
      throws GeneralSecurityException {
    for (Hash hash : HASHES) {
      if (verify(Signature.getInstance(hash.signature("RSA")), key, value, octets)) {
        return true;
      }
    }
    return false;
  }

  private static boolean verifyEcdsa(
      PublicKey key, Payload.Authentication authentication, Octets octets)
      throws GeneralSecurityException {
    int bits = ((ECKey) key).getParams().getOrder().bitLength();
    return authentication.method().equals(ECDSA_METHODS.get(bits))
        && verify(
            Signature.getInstance(ECDSA_SIGNATURES.get(authentication.method()), BOUNCY_CASTLE),
            key,
            authentication.data(),
            octets);
  }

  private static boolean verifyDigital(PublicKey key, Octets data, Octets octets)
      throws GeneralSecurityException {
    int size = data.at(0);
    AlgorithmIdentifier algorithm =
        AlgorithmIdentifier.getInstance(data.slice(1, 1 + size).toArray());
    Octets value = data.from(1 + size);
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
      RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
      ASN1ObjectIdentifier digest = parameters.getHashAlgorithm().getAlgorithm();
      Hash hash = HASHES.stream().filter(h -> h.oid.equals(digest)).findFirst().orElseThrow();
      int salt = parameters.getSaltLength().intValueExact();
      return verify(pss(hash, salt), key, value, octets);
    }
    for (Hash hash : HASHES) {
      if (algorithm.getAlgorithm().equals(hash.withRsa)) {
        return verify(Signature.getInstance(hash.signature("RSA")), key, value, octets);
      }
      if (algorithm.getAlgorithm().equals(hash.withEcdsa)) {
        Signature signature = Signature.getInstance(hash.signature("ECDSA"), BOUNCY_CASTLE);
        return verify(signature, key, value, octets);
      }
    }
    return false;
  }

  private static boolean verify(Signature signature, PublicKey key, Octets value, Octets octets)
      throws GeneralSecurityException {
    signature.initVerify(key);
    signature.update(octets.toArray());
    try {
      return signature.verify(value.toArray());
    } catch (GeneralSecurityException e) {
      return false; // of the wrong length, or no signature at all
    }
  }
}
