package vpnlab.protocol.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHPrivateKeySpec;
import javax.crypto.spec.DHPublicKeySpec;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeSpi;

/** Published vectors for all that IKEv2 computes. */
class IkeCryptographyTest {
  private static Octets hex(String hex) {
    return Octets.ofHex(hex);
  }

  // --- PRFs and integrity

  @Test
  void hmac_vectors_of_rfc_2202_and_rfc_4231() {
    Octets key = hex("0b".repeat(20));
    Octets data = Octets.ofText("Hi There", StandardCharsets.US_ASCII);
    assertThat(Prf.HMAC_SHA1.of(key, data))
        .isEqualTo(hex("b617318655057264e28bc0b6fb378c8ef146be00"));
    assertThat(Prf.HMAC_SHA2_256.of(key, data))
        .isEqualTo(hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    assertThat(Prf.HMAC_SHA2_384.of(key, data))
        .isEqualTo(
            hex(
                "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
                    + "faea9ea9076ede7f4af152e8b2fa9cb6"));
    Octets jefe = Octets.ofText("Jefe", StandardCharsets.US_ASCII);
    Octets question = Octets.ofText("what do ya want for nothing?", StandardCharsets.US_ASCII);
    assertThat(IntegrityAlgorithm.HMAC_SHA1_96.icv(jefe, question))
        .isEqualTo(hex("effcdf6ae5eb2fa2d27416d5"));
    assertThat(IntegrityAlgorithm.HMAC_SHA2_256_128.icv(jefe, question))
        .isEqualTo(hex("5bdcc146bf60754e6a042426089575c7"));
  }

  // NIST CAVP, "IKEv2 KDF" (SP 800-135), first case of SHA-1 with 64-bit nonces.
  private static final Octets NI = hex("32b50d5f4a3763f3");
  private static final Octets NR = hex("9206a04b26564cb1");
  private static final Octets G_IR =
      hex("4b2c1f971981a8ad8d0abeafabf38cf75fc8349c148142465ed9c8b516b8be52");
  private static final Octets G_IR_NEW =
      hex("863f3c9d06efd39d2b907b97f8699e5dd5251ef64a2a176f36ee40c87d4f9330");
  private static final Octets SKEYSEED = hex("a9a7b222b59f8f48645f28a1db5b5f5d7479cba7");
  private static final Octets SK_D = hex("a14293677cc80ff8f9cc0eee30d895da9d8f4056");

  @Test
  void skeyseed_and_the_seven_keys_of_nist_cavp() {
    assertThat(IkeKeys.skeyseed(Prf.HMAC_SHA1, NI, NR, G_IR)).isEqualTo(SKEYSEED);
    IkeSuite suite = IkeSuite.of(IkeProposals.ike("aes128-sha1-modp1024").get(0)).orElseThrow();
    IkeKeys keys =
        IkeKeys.derive(
            suite,
            SKEYSEED,
            NI,
            NR,
            IkeSpi.of(hex("34c9e7c188868785")),
            IkeSpi.of(hex("3ff77d760d2b2199")));
    assertThat(keys.d()).isEqualTo(SK_D);
    assertThat(keys.ai().size()).isEqualTo(20);
    assertThat(keys.ei().size()).isEqualTo(16);
    Octets all =
        Octets.concat(keys.d(), keys.ai(), keys.ar(), keys.ei(), keys.er(), keys.pi(), keys.pr());
    assertThat(all)
        .isEqualTo(
            hex(
                "a14293677cc80ff8f9cc0eee30d895da9d8f405666e30ef0dfcb63c634a46002"
                    + "a2a63080e514a062768b76606f9fa5e992204fc5a670bde3f10d6b027113936a"
                    + "5c55b648a194ae587b0088d52204b702c979fa280870d2ed41efa9c549fd1119"
                    + "8af1670b143d384bd275c5f594cf266b05ebadca855e4249520a441a81157435"
                    + "a7a56cc4"));
  }

  @Test
  void keys_of_a_child_sa_of_nist_cavp_without_and_with_diffie_hellman() {
    String plain =
        "8059e3ee8810e6c3a91bc8bcd2a7a41151b8d0e6ae239c7b38093ad85ef4c5811a8e7b5d1cdabd95";
    String withDh =
        "bb43244c1860ad65ee1e211ffe8bb3661750c8f89cb9f547df7f4fa61d37301628190e38c66232ea";
    // AES-128 and SHA-1 each way take 72 octets of the stream.
    ChildKeyMaterial first =
        ChildKeyMaterial.derive(
            Prf.HMAC_SHA1, SK_D, Octets.EMPTY, NI, NR, IkeProposals.esp("aes128-sha1").get(0));
    assertThat(first.initiators().encryption()).isEqualTo(hex(plain).slice(0, 16));
    assertThat(first.initiators().integrity()).isEqualTo(hex(plain).slice(16, 36));
    assertThat(first.responders().encryption().slice(0, 4)).isEqualTo(hex(plain).from(36));
    ChildKeyMaterial second =
        ChildKeyMaterial.derive(
            Prf.HMAC_SHA1, SK_D, G_IR_NEW, NI, NR, IkeProposals.esp("aes128-sha1").get(0));
    assertThat(second.initiators().encryption()).isEqualTo(hex(withDh).slice(0, 16));
    assertThat(second.initiators().integrity()).isEqualTo(hex(withDh).slice(16, 36));
  }

  @Test
  void skeyseed_of_a_rekeyed_ike_sa_of_nist_cavp() {
    assertThat(IkeKeys.rekeyedSkeyseed(Prf.HMAC_SHA1, SK_D, G_IR_NEW, NI, NR))
        .isEqualTo(hex("63e81194946ebd05df7df5ebf5d8750056bf1f1d"));
  }

  // --- ciphers

  @Test
  void aes_cbc_of_rfc_3602_case_1() {
    Octets key = hex("06a9214036b8a15b512e03d534120006");
    Octets iv = hex("3dafba429d9eb430b422da802c9fac41");
    Octets plain = Octets.ofText("Single block msg", StandardCharsets.US_ASCII);
    Octets secret = hex("e353779c1079aeb82708942dbe77181a");
    assertThat(EncryptionAlgorithm.AES_CBC_128.encrypt(key, iv, plain, Octets.EMPTY))
        .isEqualTo(secret);
    assertThat(EncryptionAlgorithm.AES_CBC_128.decrypt(key, iv, secret, Octets.EMPTY))
        .contains(plain);
  }

  @Test
  void aes_gcm_of_the_specification_case_4_with_the_nonce_split_as_in_rfc_5282() {
    Octets keyAndSalt = hex("feffe9928665731c6d6a8f9467308308 cafebabe");
    Octets iv = hex("facedbaddecaf888");
    Octets associated = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    Octets plain =
        hex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    Octets secret =
        hex(
            "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
                + "5bc94fbc3221a5db94fae95ae7121a47");
    EncryptionAlgorithm gcm = EncryptionAlgorithm.AES_GCM_16_128;
    assertThat(gcm.encrypt(keyAndSalt, iv, plain, associated)).isEqualTo(secret);
    assertThat(gcm.decrypt(keyAndSalt, iv, secret, associated)).contains(plain);
    assertThat(gcm.decrypt(keyAndSalt, iv, secret, Octets.EMPTY)).isEmpty();
  }

  // --- Diffie-Hellman

  @ParameterizedTest
  @CsvSource({
    // RFC 5903 section 8.1
    "ECP_256,"
        + "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433,"
        + "dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180"
        + "5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3,"
        + "c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53,"
        + "d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
        + "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab,"
        + "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de",
    // RFC 5903 section 8.2
    "ECP_384,"
        + "099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655"
        + "e35b538041e649ee3faef896783ab194,"
        + "667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6"
        + "de3ac808acb4bdb4c88732aee95f41aa"
        + "9482ed1fc0eeb9cafc4984625ccfc23f65032149e0e144ada024181535a0f38e"
        + "eb9fcff3c2c947dae69b4c634573a81c,"
        + "41cb0779b4bdb85d47846725fbec3c9430fab46cc8dc5060855cc9bda0aa2942"
        + "e0308312916b8ed2960e4bd55a7448fc,"
        + "e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d"
        + "0d1ac43a0336def96fda41d0774a3571"
        + "dcfbec7aacf3196472169e838430367f66eebe3c6e70c416dd5f0c68759dd1ff"
        + "f83fa40142209dff5eaad96db9e6386c,"
        + "11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4"
        + "d603135569b9e9d09cf5d4a270f59746",
    // RFC 8031 appendix A
    "CURVE_25519,"
        + "751fb4308655b476b6789b7325f9ea8cddd16a58533ff6d9e60009464a5f9d94,"
        + "48d5ddd4061257ba166fa3f9bbdb74f1a4e81c089384fa77f790709f0dfbc766,"
        + "0a54645253290d60ddadd0e030bacd9e5501efdc220755a1e978f1b839a05688,"
        + "0be7c1f5aad87d7e448662673298a443478b859745179eaf564c79c0ef6eee25,"
        + "c74950607a12327f3204d94b6825bfb068b7f8319a9e3708ed3d43ce8130c950"
  })
  void exchanges_of_rfc_5903_and_rfc_8031(
      DhGroup group, String i, String gi, String r, String gr, String gir) {
    DhGroup.KeyPair initiator = group.keyPair(hex(i));
    DhGroup.KeyPair responder = group.keyPair(hex(r));
    assertThat(initiator.publicValue()).isEqualTo(hex(gi));
    assertThat(responder.publicValue()).isEqualTo(hex(gr));
    assertThat(initiator.agree(hex(gr))).contains(hex(gir));
    assertThat(responder.agree(hex(gi))).contains(hex(gir));
  }

  /**
   * RFC 2409 section 6.2 and RFC 3526 section 3 define their primes as 2^n - 2^(n-64) - 1 + 2^64 *
   * (floor(2^(n-130) * pi) + c).
   */
  @ParameterizedTest
  @CsvSource({"1024, 129093", "2048, 124476"})
  void the_modp_primes_are_those_that_their_rfcs_define(int n, int c) {
    BigInteger piPart =
        pi(n / 3).multiply(new BigDecimal(BigInteger.TWO.pow(n - 130))).toBigInteger();
    BigInteger prime =
        BigInteger.TWO
            .pow(n)
            .subtract(BigInteger.TWO.pow(n - 64))
            .subtract(BigInteger.ONE)
            .add(BigInteger.TWO.pow(64).multiply(piPart.add(BigInteger.valueOf(c))));
    BigInteger used =
        (n == 1024 ? DHStandardGroups.rfc2409_1024 : DHStandardGroups.rfc3526_2048).getP();
    assertThat(used).isEqualTo(prime);
  }

  /** Machin: pi = 16 arctan(1/5) - 4 arctan(1/239). */
  private static BigDecimal pi(int digits) {
    MathContext precision = new MathContext(digits + 10, RoundingMode.HALF_EVEN);
    return BigDecimal.valueOf(16)
        .multiply(arctanOfInverse(5, precision), precision)
        .subtract(
            BigDecimal.valueOf(4).multiply(arctanOfInverse(239, precision), precision), precision);
  }

  private static BigDecimal arctanOfInverse(int x, MathContext precision) {
    BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(x), precision);
    BigDecimal square = BigDecimal.valueOf((long) x * x);
    BigDecimal sum = power;
    BigDecimal limit = BigDecimal.ONE.movePointLeft(precision.getPrecision());
    for (int k = 1; power.compareTo(limit) > 0; k++) {
      power = power.divide(square, precision);
      BigDecimal term = power.divide(BigDecimal.valueOf(2L * k + 1), precision);
      sum = k % 2 == 1 ? sum.subtract(term, precision) : sum.add(term, precision);
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(names = {"MODP_1024", "MODP_2048"})
  void modp_agrees_with_the_jdk(DhGroup group) throws Exception {
    var parameters =
        group == DhGroup.MODP_1024 ? DHStandardGroups.rfc2409_1024 : DHStandardGroups.rfc3526_2048;
    DhGroup.KeyPair own = group.generate(RandomSource.seeded(1));
    DhGroup.KeyPair peers = group.generate(RandomSource.seeded(2));
    KeyFactory factory = KeyFactory.getInstance("DH");
    KeyAgreement jdk = KeyAgreement.getInstance("DH");
    jdk.init(
        factory.generatePrivate(
            new DHPrivateKeySpec(
                new BigInteger(1, own.privateKey().toArray()),
                parameters.getP(),
                parameters.getG())));
    DHPublicKey peer =
        (DHPublicKey)
            factory.generatePublic(
                new DHPublicKeySpec(
                    new BigInteger(1, peers.publicValue().toArray()),
                    parameters.getP(),
                    parameters.getG()));
    jdk.doPhase(peer, true);
    assertThat(own.agree(peers.publicValue())).contains(Octets.of(jdk.generateSecret()));
  }

  @ParameterizedTest
  @EnumSource
  void values_that_are_not_of_the_group_are_refused(DhGroup group) {
    DhGroup.KeyPair own = group.generate(RandomSource.seeded(1));
    int size = own.publicValue().size();
    assertThat(own.agree(Octets.zeros(size))).isEmpty();
    assertThat(own.agree(own.publicValue().from(1))).isEmpty();
    assertThat(own.agree(Octets.concat(own.publicValue(), Octets.zeros(1)))).isEmpty();
    assertThat(own.agree(Octets.EMPTY)).isEmpty();
    if (group != DhGroup.CURVE_25519) {
      assertThat(own.agree(hex("ff".repeat(size)))).isEmpty();
    }
    if (size == 128 || size == 256) {
      BigInteger p =
          (size == 128 ? DHStandardGroups.rfc2409_1024 : DHStandardGroups.rfc3526_2048).getP();
      Octets minusOne =
          Octets.of(BigIntegers.asUnsignedByteArray(size, p.subtract(BigInteger.ONE)));
      assertThat(own.agree(minusOne)).isEmpty();
    }
  }

  // --- what an owner sees

  @Test
  void a_line_for_wireshark_has_its_eight_fields() {
    IkeSuite suite = IkeSuite.of(IkeProposals.ike("aes128-sha1-modp1024").get(0)).orElseThrow();
    IkeSpi i = IkeSpi.of(hex("34c9e7c188868785"));
    IkeSpi r = IkeSpi.of(hex("3ff77d760d2b2199"));
    IkeKeys keys = IkeKeys.derive(suite, SKEYSEED, NI, NR, i, r);
    String line =
        new IkeEvent.KeysDerived(new IkeSaId(1), i, r, suite.chosen(), keys).wiresharkLine();
    assertThat(line)
        .isEqualTo(
            "34c9e7c188868785,3ff77d760d2b2199,"
                + "7113936a5c55b648a194ae587b0088d5,2204b702c979fa280870d2ed41efa9c5,"
                + "\"AES-CBC-128 [RFC3602]\","
                + "66e30ef0dfcb63c634a46002a2a63080e514a062,"
                + "768b76606f9fa5e992204fc5a670bde3f10d6b02,"
                + "\"HMAC_SHA1_96 [RFC2404]\"");
  }

  @Test
  void proposals_that_cannot_be_are_refused_with_the_word_that_is_wrong() {
    assertThat(IkeProposals.ike("aes256gcm16-prfsha256-x25519").get(0).describe())
        .isEqualTo("aes256gcm16-prfsha256-curve25519");
    for (String[] wrong :
        new String[][] {
          {"aes256-sha256", "has no DH"},
          {"aes512-sha256-modp2048", "'aes512'"},
          {"aes256-modp2048", "has no PRF"},
          {"aes256-prfsha1-modp2048", "needs an integrity algorithm"},
          {"aes256gcm16-sha256-modp2048", "not both"}
        }) {
      Optional<String> message = Optional.empty();
      try {
        IkeProposals.ike(wrong[0]);
      } catch (IllegalArgumentException e) {
        message = Optional.of(e.getMessage());
      }
      assertThat(message.orElse("accepted " + wrong[0])).contains(wrong[1]);
    }
  }
}
