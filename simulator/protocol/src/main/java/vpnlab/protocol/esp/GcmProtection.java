package vpnlab.protocol.esp;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import vpnlab.protocol.ike.ChildSa;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Transform;
import vpnlab.wire.ike.TransformId;

/** AES-GCM with an integrity check value of 16 octets (RFC 4106). */
final class GcmProtection implements EspProtection {
  private static final int SALT_SIZE = 4;
  private static final int IV_SIZE = 8;
  private static final int ICV_SIZE = 16;

  private final Cipher cipher;
  private final SecretKey key;
  private final Octets salt;

  private GcmProtection(Cipher cipher, SecretKey key, Octets salt) {
    this.cipher = cipher;
    this.key = key;
    this.salt = salt;
  }

  static Optional<EspProtection> of(Transform encryption, ChildSa.EspKeys keys) {
    if (!encryption.id().equals(TransformId.ENCR_AES_GCM_16)) {
      return Optional.empty();
    }
    Octets material = keys.encryption();
    int keySize = material.size() - SALT_SIZE;
    try {
      return Optional.of(
          new GcmProtection(
              Cipher.getInstance("AES/GCM/NoPadding"),
              new SecretKeySpec(material.slice(0, keySize).toArray(), "AES"),
              material.from(keySize)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK must know AES-GCM", e);
    }
  }

  @Override
  public int blockSize() {
    return 1;
  }

  @Override
  public int ivSize() {
    return IV_SIZE;
  }

  @Override
  public int icvSize() {
    return ICV_SIZE;
  }

  @Override
  public Octets seal(Octets header, Octets iv, Octets plain) {
    try {
      return Octets.concat(iv, crypt(Cipher.ENCRYPT_MODE, header, iv, plain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an initialization vector was used twice", e);
    }
  }

  @Override
  public Optional<Octets> open(Octets header, Octets secured) {
    if (secured.size() < IV_SIZE + ICV_SIZE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          crypt(Cipher.DECRYPT_MODE, header, secured.slice(0, IV_SIZE), secured.from(IV_SIZE)));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("GCM with a key and nonce of the right size", e);
    }
  }

  /** The nonce is salt and IV; SPI and sequence number are associated data (section 5). */
  private Octets crypt(int mode, Octets header, Octets iv, Octets input)
      throws GeneralSecurityException {
    byte[] nonce = Octets.concat(salt, iv).toArray();
    cipher.init(mode, key, new GCMParameterSpec(8 * ICV_SIZE, nonce));
    cipher.updateAAD(header.toArray());
    return Octets.of(cipher.doFinal(input.toArray()));
  }
}
