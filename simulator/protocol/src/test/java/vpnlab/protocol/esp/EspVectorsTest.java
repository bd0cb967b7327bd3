package vpnlab.protocol.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.protocol.ike.ChildSa.EspKeys;
import vpnlab.protocol.ike.IkeProposals;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.esp.EspPacket;
import vpnlab.wire.esp.EspPayload;
import vpnlab.wire.ip.IpProtocol;

/** Packets that others have published. */
class EspVectorsTest {
  private static final String LETTERS_8_TO_37 =
      "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f30313233"
          + "34353637";

  /** RFC 3602 section 4, case 5: a ping in transport mode. */
  private static final Octets PING =
      Octets.ofHex("08000ebda70a00008e9c083db95b0700" + LETTERS_8_TO_37);

  /** RFC 3602 section 4, case 7: a ping in tunnel mode. */
  private static final Octets WHOLE_PING =
      Octets.ofHex(
          "4500005409040000 4001f988c0a87b03 c0a87bc8 08009f76a90a0100b49c083d02a20400"
              + LETTERS_8_TO_37);

  @Test
  void aesCbcInTransportMode() throws MalformedMessageException {
    assertSealed(
        "90d382b410eeba7ad938c46cec1a82bf",
        "00004321 00000001",
        "e96e8c08ab465763fd098d45dd3ff893",
        PING,
        1,
        "f663c25d325c18c6a9453e194e120849 a4870b66cc6b9965330013b4898dc856"
            + "a4699e523a55db080b59ec3a8e4b7e52 775b07d1db34ed9c538ab50c551b874a"
            + "a269add047ad2d5913ac19b7cfbad4a6");
  }

  @Test
  void aesCbcInTunnelMode() throws MalformedMessageException {
    assertSealed(
        "0123456789abcdef0123456789abcdef",
        "00008765 00000002",
        "f4e765244f6407adf13dc1380f673f37",
        WHOLE_PING,
        4,
        "773b5241a4c449225e4f3ce5ed611b0c 237ca96cf74a93013c1b0ea1a0cf70f8"
            + "e4ecaec78ac53aad7a0f022b859243c6 47752e94a859352b8a4d4d2decd136e5"
            + "c177f132ad3fbfb2201ac9904c74ee0a 109e0ca1e4dfe9d5a100b842f1c22f0d");
  }

  /** RFC 3602 leaves the integrity check value away; ours stands behind what it has. */
  private static void assertSealed(
      String key, String header, String iv, Octets data, int nextHeader, String encrypted)
      throws MalformedMessageException {
    Octets integrityKey = Octets.ofHex("0b".repeat(20));
    EspProtection protection =
        EspProtection.of(
                IkeProposals.esp("aes128-sha1").get(0),
                new EspKeys(Octets.ofHex(key), integrityKey))
            .orElseThrow();
    EspPayload payload = EspPayload.padded(data, new IpProtocol(nextHeader), 16);
    Octets expected = Octets.concat(Octets.ofHex(iv), Octets.ofHex(encrypted));
    Octets icv = hmacSha1(integrityKey, Octets.concat(Octets.ofHex(header), expected));
    Octets secured = protection.seal(Octets.ofHex(header), Octets.ofHex(iv), payload.encode());
    assertThat(secured).isEqualTo(Octets.concat(expected, icv.slice(0, 12)));
    EspPacket packet = EspPacket.decode(Octets.concat(Octets.ofHex(header), secured));
    Octets opened = protection.open(packet.header(), packet.secured()).orElseThrow();
    assertThat(EspPayload.decode(opened)).isEqualTo(payload);
  }

  private static Octets hmacSha1(Octets key, Octets data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.toArray(), "HmacSHA1"));
      return Octets.of(mac.doFinal(data.toArray()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** draft-mcgrew-gcm-test-01, the cases with 32-bit sequence numbers. */
  @ParameterizedTest
  @CsvSource({
    "feffe9928665731c6d6a8f9467308308, cafebabe, 0000a5f8 0000000a, facedbaddecaf888,"
        + " 4500003e698f000080114dccc0a80102c0a801010a980035002a2343b2d001000001000000000000"
        + "0373697009637962657263697479 02646b0000010001 0001,"
        + " deb22cd9b07c72c16e3a65beeb8df304a5a5897d33ae530f1ba76d5d114d2a5c3de81827c10e9a4f"
        + "51330d0eec416642cfbb85a5b47e48a4ec3b9ba95d918bd183b70d3aa8bc6ee4c309e9d85a41ad4a"
  })
  void aesGcm(String key, String salt, String header, String iv, String plain, String encrypted) {
    EspProtection protection =
        EspProtection.of(
                IkeProposals.esp("aes128gcm16").get(0),
                new EspKeys(Octets.ofHex(key + salt), Octets.EMPTY))
            .orElseThrow();
    Octets expected = Octets.concat(Octets.ofHex(iv), Octets.ofHex(encrypted));
    assertThat(protection.seal(Octets.ofHex(header), Octets.ofHex(iv), Octets.ofHex(plain)))
        .isEqualTo(expected);
    assertThat(protection.open(Octets.ofHex(header), expected)).contains(Octets.ofHex(plain));
  }
}
