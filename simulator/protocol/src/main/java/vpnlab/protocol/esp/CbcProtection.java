package vpnlab.protocol.esp;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import vpnlab.protocol.ike.ChildSa;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Transform;
import vpnlab.wire.ike.TransformId;

/**
 * A block cipher in CBC mode (AES: RFC 3602, 3DES and DES: RFC 2451 and 2405) or none (RFC 2410),
 * with a truncated HMAC behind it (RFC 2404, RFC 4868).
 */
final class CbcProtection implements EspProtection {
  private final Optional<Cipher> cipher;
  private final SecretKey key;
  private final int blockSize;
  private final Mac mac;
  private final int icvSize;

  private CbcProtection(Optional<Cipher> cipher, SecretKey key, Mac mac, int icvSize) {
    this.cipher = cipher;
    this.key = key;
    this.blockSize = cipher.map(Cipher::getBlockSize).orElse(1);
    this.mac = mac;
    this.icvSize = icvSize;
  }

  static Optional<EspProtection> of(
      Transform encryption, List<Transform> integrity, ChildSa.EspKeys keys) {
    String algorithm = algorithm(encryption.id());
    Optional<Integrity> check =
        integrity.stream().findFirst().flatMap(transform -> Integrity.of(transform.id()));
    if (algorithm == null || check.isEmpty()) {
      return Optional.empty();
    }
    try {
      Mac mac = Mac.getInstance(check.get().mac());
      mac.init(new SecretKeySpec(keys.integrity().toArray(), check.get().mac()));
      if (algorithm.isEmpty()) {
        return Optional.of(new CbcProtection(Optional.empty(), null, mac, check.get().icvSize()));
      }
      return Optional.of(
          new CbcProtection(
              Optional.of(Cipher.getInstance(algorithm + "/CBC/NoPadding")),
              new SecretKeySpec(keys.encryption().toArray(), algorithm),
              mac,
              check.get().icvSize()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK must know " + algorithm, e);
    }
  }

  /** The JDK's name; empty for NULL, null for what is not implemented. */
  private static String algorithm(TransformId id) {
    return switch (id.number()) {
      case 2 -> "DES";
      case 3 -> "DESede";
      case 11 -> "";
      case 12 -> "AES";
      default -> null;
    };
  }

  private record Integrity(String mac, int icvSize) {
    static Optional<Integrity> of(TransformId id) {
      return switch (id.number()) {
        case 2 -> Optional.of(new Integrity("HmacSHA1", 12));
        case 12 -> Optional.of(new Integrity("HmacSHA256", 16));
        case 13 -> Optional.of(new Integrity("HmacSHA384", 24));
        default -> Optional.empty();
      };
    }
  }

  @Override
  public int blockSize() {
    return blockSize;
  }

  @Override
  public int ivSize() {
    return cipher.isPresent() ? blockSize : 0;
  }

  @Override
  public int icvSize() {
    return icvSize;
  }

  @Override
  public Octets seal(Octets header, Octets iv, Octets plain) {
    Octets encrypted = Octets.concat(iv, crypt(Cipher.ENCRYPT_MODE, iv, plain));
    return Octets.concat(encrypted, icv(header, encrypted));
  }

  @Override
  public Optional<Octets> open(Octets header, Octets secured) {
    int end = secured.size() - icvSize;
    int encryptedSize = end - ivSize();
    if (encryptedSize < 0 || encryptedSize % blockSize != 0) {
      return Optional.empty();
    }
    Octets encrypted = secured.slice(0, end);
    if (!icv(header, encrypted).equalsInConstantTime(secured.from(end))) {
      return Optional.empty();
    }
    return Optional.of(
        crypt(Cipher.DECRYPT_MODE, encrypted.slice(0, ivSize()), encrypted.from(ivSize())));
  }

  private Octets icv(Octets header, Octets encrypted) {
    mac.update(header.toArray());
    return Octets.of(mac.doFinal(encrypted.toArray()), 0, icvSize);
  }

  private Octets crypt(int mode, Octets iv, Octets input) {
    if (cipher.isEmpty()) {
      return input;
    }
    try {
      cipher.get().init(mode, key, new IvParameterSpec(iv.toArray()));
      return Octets.of(cipher.get().doFinal(input.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("CBC over whole blocks cannot fail", e);
    }
  }
}
