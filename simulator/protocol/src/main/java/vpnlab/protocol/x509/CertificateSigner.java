package vpnlab.protocol.x509;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;

/**
 * Signs so that the same content gives the same signature: RSASSA-PKCS1-v1_5 and Ed25519 do by
 * themselves, ECDSA with RFC 6979's nonce, RSASSA-PSS with a salt derived from content and secret.
 */
final class CertificateSigner implements ContentSigner {
  private static final PSSParameterSpec PSS_SHA256 =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private final PrivateKey key;
  private final SignatureScheme scheme;
  private final Octets secret;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  /** {@code scheme}'s hash counts for RSA and EC keys; Ed25519 has its own. */
  CertificateSigner(PrivateKey key, SignatureScheme scheme, Octets secret) {
    if (scheme == SignatureScheme.RSASSA_PSS && !isRsa(key)) {
      throw new IllegalArgumentException(
          "an issuer with a key of kind " + key.getAlgorithm() + " cannot sign with rsassa-pss");
    }
    this.key = key;
    this.scheme = scheme;
    this.secret = secret;
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    String name = scheme == SignatureScheme.RSASSA_PSS ? "SHA256withRSAandMGF1" : signatureName();
    return new DefaultSignatureAlgorithmIdentifierFinder().find(name);
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    byte[] toSign = content.toByteArray();
    try {
      if (scheme == SignatureScheme.RSASSA_PSS) {
        return rsaPss(toSign);
      }
      return key.getAlgorithm().equals("EC") ? ecdsa(toSign) : sign(toSign);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot sign with " + signatureName(), e);
    }
  }

  private String signatureName() {
    if (isRsa(key)) {
      return scheme.hash().replace("-", "") + "withRSA";
    }
    return key.getAlgorithm().equals("EC")
        ? scheme.hash().replace("-", "") + "withECDSA"
        : "Ed25519";
  }

  private static boolean isRsa(PrivateKey key) {
    return key.getAlgorithm().equals("RSA");
  }

  private byte[] sign(byte[] toSign) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(signatureName());
    signature.initSign(key);
    signature.update(toSign);
    return signature.sign();
  }

  private byte[] rsaPss(byte[] toSign) throws GeneralSecurityException {
    long seed = ByteBuffer.wrap(Digests.hmacSha256(secret, toSign)).getLong();
    AlgorithmParameterSpec parameters = PSS_SHA256;
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(parameters);
    signature.initSign(key, RandomSource.seeded(seed).secureRandom());
    signature.update(toSign);
    return signature.sign();
  }

  private byte[] ecdsa(byte[] toSign) throws GeneralSecurityException, IOException {
    ECPrivateKeyParameters parameters =
        (ECPrivateKeyParameters) PrivateKeyFactory.createKey(key.getEncoded());
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(digest()));
    signer.init(true, parameters);
    BigInteger[] rs =
        signer.generateSignature(MessageDigest.getInstance(scheme.hash()).digest(toSign));
    return StandardDSAEncoding.INSTANCE.encode(parameters.getParameters().getN(), rs[0], rs[1]);
  }

  private Digest digest() {
    return switch (scheme) {
      case SHA1 -> new SHA1Digest();
      case SHA384 -> new SHA384Digest();
      case SHA512 -> new SHA512Digest();
      default -> new SHA256Digest();
    };
  }
}
