package vpnlab.protocol.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import vpnlab.protocol.RandomSource;

/**
 * Key pairs by kind and index, the same ones for the same seed on every machine. An RSA key takes
 * tens of milliseconds to generate, so a pair once made is kept.
 *
 * <p>Safe for use by many threads. What it holds never changes, therefore labs may share one: a key
 * pair depends on seed, kind and index alone and not on who asked first. Generation is Bouncy
 * Castle's, because its version is pinned and the JDK's is not. Whoever knows the seed knows the
 * keys, so these are for labs only.
 */
public final class KeyPool {
  private static final KeyPool SHARED = new KeyPool(0);
  private static final int PRIME_CERTAINTY = 100;

  private final long seed;
  private final ConcurrentMap<Slot, KeyPair> pairs = new ConcurrentHashMap<>();

  public KeyPool(long seed) {
    this.seed = seed;
  }

  /** The pool of this process, with seed 0. */
  public static KeyPool shared() {
    return SHARED;
  }

  /**
   * The key pair at {@code index} (from 0); generated when it is asked for the first time. Both
   * keys are the JDK's own classes.
   */
  public KeyPair keyPair(KeyKind kind, int index) {
    if (index < 0) {
      throw new IllegalArgumentException("key index " + index + " is negative");
    }
    return pairs.computeIfAbsent(new Slot(kind, index), this::generate);
  }

  private KeyPair generate(Slot slot) {
    SecureRandom random = RandomSource.seeded(seedOf(slot)).secureRandom();
    try {
      AsymmetricCipherKeyPair pair =
          switch (slot.kind()) {
            case RSA2048 -> rsa(2048, random);
            case RSA3072 -> rsa(3072, random);
            case P256 -> ec(SECObjectIdentifiers.secp256r1, random);
            case P384 -> ec(SECObjectIdentifiers.secp384r1, random);
            case ED25519 -> ed25519(random);
          };
      KeyFactory factory = KeyFactory.getInstance(slot.kind().algorithm());
      byte[] publicKey =
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()).getEncoded();
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(publicKey)),
          factory.generatePrivate(new PKCS8EncodedKeySpec(privateKeyInfo(pair).getEncoded())));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot make a key of kind " + slot.kind(), e);
    }
  }

  /** Neighbouring indices must not give neighbouring seeds, which java.util.Random shows. */
  private long seedOf(Slot slot) {
    String text = "vpnlab key pool " + seed + " " + slot.kind() + " " + slot.index();
    byte[] digest = Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getLong();
  }

  private static AsymmetricCipherKeyPair rsa(int bits, SecureRandom random) {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(
        new RSAKeyGenerationParameters(BigInteger.valueOf(65537), random, bits, PRIME_CERTAINTY));
    return generator.generateKeyPair();
  }

  private static AsymmetricCipherKeyPair ec(ASN1ObjectIdentifier curve, SecureRandom random) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(
        new ECKeyGenerationParameters(
            new ECNamedDomainParameters(curve, SECNamedCurves.getByOID(curve)), random));
    return generator.generateKeyPair();
  }

  private static AsymmetricCipherKeyPair ed25519(SecureRandom random) {
    Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
    generator.init(new Ed25519KeyGenerationParameters(random));
    return generator.generateKeyPair();
  }

  /** Bouncy Castle adds the public key to an Ed25519 PKCS#8, which older readers refuse. */
  private static PrivateKeyInfo privateKeyInfo(AsymmetricCipherKeyPair pair) throws IOException {
    if (pair.getPrivate() instanceof Ed25519PrivateKeyParameters ed25519) {
      return new PrivateKeyInfo(
          new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519),
          new DEROctetString(ed25519.getEncoded()));
    }
    return PrivateKeyInfoFactory.createPrivateKeyInfo(pair.getPrivate());
  }

  private record Slot(KeyKind kind, int index) {}
}
