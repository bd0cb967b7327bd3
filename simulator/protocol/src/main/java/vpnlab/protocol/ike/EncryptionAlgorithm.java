package vpnlab.protocol.ike;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Transform;
import vpnlab.wire.ike.TransformId;

/** A cipher for IKE messages (RFC 2451, RFC 3602, RFC 5282). */
@SuppressWarnings("ImmutableEnumChecker") // records of records are immutable
enum EncryptionAlgorithm {
  TRIPLE_DES(TransformId.ENCR_3DES, 0, "DESede/CBC/NoPadding", 24, 8, 8),
  AES_CBC_128(TransformId.ENCR_AES_CBC, 128, "AES/CBC/NoPadding", 16, 16, 16),
  AES_CBC_192(TransformId.ENCR_AES_CBC, 192, "AES/CBC/NoPadding", 24, 16, 16),
  AES_CBC_256(TransformId.ENCR_AES_CBC, 256, "AES/CBC/NoPadding", 32, 16, 16),
  AES_GCM_16_128(TransformId.ENCR_AES_GCM_16, 128, "AES/GCM/NoPadding", 16, 8, 1),
  AES_GCM_16_256(TransformId.ENCR_AES_GCM_16, 256, "AES/GCM/NoPadding", 32, 8, 1);

  private static final int GCM_SALT = 4;
  private static final int GCM_TAG = 16;

  private final TransformId id;
  private final int keyBits;
  private final String cipher;
  private final int keySize;
  private final int ivSize;
  private final int blockSize;

  EncryptionAlgorithm(
      TransformId id, int keyBits, String cipher, int keySize, int ivSize, int blockSize) {
    this.id = id;
    this.keyBits = keyBits;
    this.cipher = cipher;
    this.keySize = keySize;
    this.ivSize = ivSize;
    this.blockSize = blockSize;
  }

  static Optional<EncryptionAlgorithm> of(Transform transform) {
    return Arrays.stream(values())
        .filter(a -> a.id.equals(transform.id()))
        .filter(a -> a.keyBits == transform.keyLength().orElse(0))
        .findFirst();
  }

  boolean isAead() {
    return id.isAead();
  }

  /** Octets of key and, with AES-GCM, salt. */
  int keyMaterialSize() {
    return isAead() ? keySize + GCM_SALT : keySize;
  }

  /** Octets of the IV that is sent. */
  int ivSize() {
    return ivSize;
  }

  int blockSize() {
    return blockSize;
  }

  /** Octets that an AEAD cipher's output is longer than its input; 0 for others. */
  int tagSize() {
    return isAead() ? GCM_TAG : 0;
  }

  /**
   * @param associated what an AEAD cipher protects besides; others ignore it
   */
  Octets encrypt(Octets key, Octets iv, Octets plain, Octets associated) {
    try {
      return run(Cipher.ENCRYPT_MODE, key, iv, plain, associated);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK must know " + cipher, e);
    }
  }

  /** Empty when an AEAD cipher finds the octets changed, or their number is wrong. */
  Optional<Octets> decrypt(Octets key, Octets iv, Octets secret, Octets associated) {
    if (secret.size() < tagSize() || secret.size() % blockSize != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(run(Cipher.DECRYPT_MODE, key, iv, secret, associated));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK must know " + cipher, e);
    }
  }

  private Octets run(int mode, Octets key, Octets iv, Octets input, Octets associated)
      throws GeneralSecurityException {
    Cipher instance = Cipher.getInstance(cipher);
    String algorithm = cipher.substring(0, cipher.indexOf('/'));
    SecretKeySpec secret = new SecretKeySpec(key.slice(0, keySize).toArray(), algorithm);
    if (isAead()) {
      byte[] nonce = Octets.concat(key.from(keySize), iv).toArray();
      instance.init(mode, secret, new GCMParameterSpec(8 * GCM_TAG, nonce));
      instance.updateAAD(associated.toArray());
    } else {
      instance.init(mode, secret, new IvParameterSpec(iv.toArray()));
    }
    return Octets.of(instance.doFinal(input.toArray()));
  }
}
