package vpnlab.wire.ike;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The number of an algorithm among those of its type (RFC 7296 section 3.3.2 and the IANA registry
 * "IKEv2 Parameters"). Unknown numbers are legal.
 */
public record TransformId(TransformType type, int number) {
  private record Name(String registered, String keyword) {}

  private static final Map<TransformId, Name> NAMES = new HashMap<>();

  public static final TransformId ENCR_DES = encr(2, "ENCR_DES", "des");
  public static final TransformId ENCR_3DES = encr(3, "ENCR_3DES", "3des");
  public static final TransformId ENCR_NULL = encr(11, "ENCR_NULL", "null");
  public static final TransformId ENCR_AES_CBC = encr(12, "ENCR_AES_CBC", "aes");
  public static final TransformId ENCR_AES_CTR = encr(13, "ENCR_AES_CTR", "aesctr");
  public static final TransformId ENCR_AES_CCM_8 = encr(14, "ENCR_AES_CCM_8", "aesccm8");
  public static final TransformId ENCR_AES_CCM_16 = encr(16, "ENCR_AES_CCM_16", "aesccm16");
  public static final TransformId ENCR_AES_GCM_8 = encr(18, "ENCR_AES_GCM_8", "aesgcm8");
  public static final TransformId ENCR_AES_GCM_12 = encr(19, "ENCR_AES_GCM_12", "aesgcm12");
  public static final TransformId ENCR_AES_GCM_16 = encr(20, "ENCR_AES_GCM_16", "aesgcm16");
  public static final TransformId ENCR_CHACHA20_POLY1305 =
      encr(28, "ENCR_CHACHA20_POLY1305", "chacha20poly1305");

  public static final TransformId PRF_HMAC_MD5 = prf(1, "PRF_HMAC_MD5", "prfmd5");
  public static final TransformId PRF_HMAC_SHA1 = prf(2, "PRF_HMAC_SHA1", "prfsha1");
  public static final TransformId PRF_AES128_XCBC = prf(4, "PRF_AES128_XCBC", "prfaesxcbc");
  public static final TransformId PRF_HMAC_SHA2_256 = prf(5, "PRF_HMAC_SHA2_256", "prfsha256");
  public static final TransformId PRF_HMAC_SHA2_384 = prf(6, "PRF_HMAC_SHA2_384", "prfsha384");
  public static final TransformId PRF_HMAC_SHA2_512 = prf(7, "PRF_HMAC_SHA2_512", "prfsha512");

  public static final TransformId AUTH_HMAC_MD5_96 = integ(1, "AUTH_HMAC_MD5_96", "md5");
  public static final TransformId AUTH_HMAC_SHA1_96 = integ(2, "AUTH_HMAC_SHA1_96", "sha1");
  public static final TransformId AUTH_AES_XCBC_96 = integ(5, "AUTH_AES_XCBC_96", "aesxcbc");
  public static final TransformId AUTH_HMAC_SHA2_256_128 =
      integ(12, "AUTH_HMAC_SHA2_256_128", "sha256");
  public static final TransformId AUTH_HMAC_SHA2_384_192 =
      integ(13, "AUTH_HMAC_SHA2_384_192", "sha384");
  public static final TransformId AUTH_HMAC_SHA2_512_256 =
      integ(14, "AUTH_HMAC_SHA2_512_256", "sha512");

  public static final TransformId DH_NONE = group(0, "NONE", "none");
  public static final TransformId MODP_768 = group(1, "MODP_768", "modp768");
  public static final TransformId MODP_1024 = group(2, "MODP_1024", "modp1024");
  public static final TransformId MODP_1536 = group(5, "MODP_1536", "modp1536");
  public static final TransformId MODP_2048 = group(14, "MODP_2048", "modp2048");
  public static final TransformId MODP_3072 = group(15, "MODP_3072", "modp3072");
  public static final TransformId MODP_4096 = group(16, "MODP_4096", "modp4096");
  public static final TransformId ECP_256 = group(19, "ECP_256", "ecp256");
  public static final TransformId ECP_384 = group(20, "ECP_384", "ecp384");
  public static final TransformId ECP_521 = group(21, "ECP_521", "ecp521");
  public static final TransformId MODP_2048_256 = group(24, "MODP_2048_256", "modp2048s256");
  public static final TransformId CURVE_25519 = group(31, "CURVE_25519", "curve25519");
  public static final TransformId CURVE_448 = group(32, "CURVE_448", "curve448");

  public static final TransformId NO_ESN = known(TransformType.ESN, 0, "NO_ESN", "noesn");
  public static final TransformId ESN = known(TransformType.ESN, 1, "ESN", "esn");

  public static TransformId dh(int number) {
    return new TransformId(TransformType.DH, number);
  }

  private static TransformId encr(int number, String registered, String keyword) {
    return known(TransformType.ENCR, number, registered, keyword);
  }

  private static TransformId prf(int number, String registered, String keyword) {
    return known(TransformType.PRF, number, registered, keyword);
  }

  private static TransformId integ(int number, String registered, String keyword) {
    return known(TransformType.INTEG, number, registered, keyword);
  }

  private static TransformId group(int number, String registered, String keyword) {
    return known(TransformType.DH, number, registered, keyword);
  }

  private static TransformId known(
      TransformType type, int number, String registered, String keyword) {
    TransformId id = new TransformId(type, number);
    NAMES.put(id, new Name(registered, keyword));
    return id;
  }

  /** Whether the cipher also protects integrity, so that no INTEG goes with it. */
  public boolean isAead() {
    return type.equals(TransformType.ENCR)
        && ((number >= 14 && number <= 16) || (number >= 18 && number <= 20) || number == 28);
  }

  /**
   * @param keyLength in bits, put where strongSwan puts it: {@code aes256gcm16}
   */
  String keyword(OptionalInt keyLength) {
    Name name = NAMES.get(this);
    if (name == null) {
      return toString().toLowerCase(java.util.Locale.ROOT);
    }
    String keyword = name.keyword;
    return keyLength.isPresent() && keyword.startsWith("aes")
        ? "aes" + keyLength.getAsInt() + keyword.substring(3)
        : keyword;
  }

  @Override
  public String toString() {
    Name name = NAMES.get(this);
    return name == null ? type + "_" + number : name.registered;
  }
}
