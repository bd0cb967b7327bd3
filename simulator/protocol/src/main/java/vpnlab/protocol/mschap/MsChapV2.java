package vpnlab.protocol.mschap;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;
import vpnlab.wire.Octets;

/** The routines of RFC 2759, section 8, under their names there. */
public final class MsChapV2 {
  private static final Octets MAGIC_1 = ascii("Magic server to client signing constant");
  private static final Octets MAGIC_2 = ascii("Pad to make it do more than one iteration");

  private MsChapV2() {}

  /** Section 8.3: MD4 over the password in UTF-16LE; 16 octets. */
  public static Octets ntPasswordHash(String password) {
    return md4(Octets.ofText(password, StandardCharsets.UTF_16LE));
  }

  /** Section 8.4. */
  public static Octets hashNtPasswordHash(Octets ntPasswordHash) {
    return md4(ntPasswordHash);
  }

  /**
   * Section 8.2: the 8 octets that are really answered.
   *
   * @param userName as it stands in the Response; a domain in front of it is left out
   */
  public static Octets challengeHash(
      Octets peerChallenge, Octets authenticatorChallenge, String userName) {
    Octets name = Octets.ofText(withoutDomain(userName), StandardCharsets.UTF_8);
    return sha1(peerChallenge, authenticatorChallenge, name).slice(0, 8);
  }

  /** Section 8.5: DES of the challenge under three keys made of the 16-octet hash; 24 octets. */
  public static Octets challengeResponse(Octets challenge, Octets ntPasswordHash) {
    Octets padded = Octets.concat(ntPasswordHash, Octets.zeros(5));
    return Octets.concat(
        desEncrypt(challenge, padded.slice(0, 7)),
        desEncrypt(challenge, padded.slice(7, 14)),
        desEncrypt(challenge, padded.slice(14, 21)));
  }

  /** Section 8.1, from the hash instead of the password. */
  public static Octets generateNtResponse(
      Octets authenticatorChallenge, Octets peerChallenge, String userName, Octets ntPasswordHash) {
    return challengeResponse(
        challengeHash(peerChallenge, authenticatorChallenge, userName), ntPasswordHash);
  }

  /** Section 8.7: the 20 octets behind {@code S=}, with which the authenticator proves itself. */
  public static Octets generateAuthenticatorResponse(
      Octets ntPasswordHash,
      Octets ntResponse,
      Octets peerChallenge,
      Octets authenticatorChallenge,
      String userName) {
    Octets digest = sha1(hashNtPasswordHash(ntPasswordHash), ntResponse, MAGIC_1);
    Octets challenge = challengeHash(peerChallenge, authenticatorChallenge, userName);
    return sha1(digest, challenge, MAGIC_2);
  }

  /** The user's part of {@code DOMAIN\\user}; a name of another form as it is. */
  public static String withoutDomain(String userName) {
    return userName.substring(userName.lastIndexOf('\\') + 1);
  }

  static Octets sha1(Octets... parts) {
    try {
      return Octets.of(MessageDigest.getInstance("SHA-1").digest(Octets.concat(parts).toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static Octets md4(Octets input) {
    MD4Digest digest = new MD4Digest();
    digest.update(input.toArray(), 0, input.size());
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return Octets.of(result);
  }

  /** Section 8.6: seven octets of key spread over eight, whose lowest bits DES ignores. */
  private static Octets desEncrypt(Octets clear, Octets key) {
    long bits = 0;
    for (int i = 0; i < 7; i++) {
      bits = bits << 8 | key.at(i);
    }
    byte[] spread = new byte[8];
    for (int i = 0; i < 8; i++) {
      spread[i] = (byte) ((bits >>> (49 - 7 * i) & 0x7f) << 1);
    }
    try {
      Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
      des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(spread, "DES"));
      return Octets.of(des.doFinal(clear.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has DES", e);
    }
  }

  private static Octets ascii(String text) {
    return Octets.ofText(text, StandardCharsets.US_ASCII);
  }
}
