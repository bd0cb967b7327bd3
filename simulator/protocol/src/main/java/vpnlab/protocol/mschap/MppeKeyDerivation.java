package vpnlab.protocol.mschap;

import java.nio.charset.StandardCharsets;
import vpnlab.wire.Octets;

/** The key derivation of RFC 3079, section 3, for MS-CHAPv2. */
public final class MppeKeyDerivation {
  private static final Octets MAGIC_1 = ascii("This is the MPPE Master Key");
  private static final Octets MAGIC_2 =
      ascii("On the client side, this is the send key; on the server side, it is the receive key.");
  private static final Octets MAGIC_3 =
      ascii("On the client side, this is the receive key; on the server side, it is the send key.");
  private static final Octets PAD_1 = Octets.zeros(40);
  private static final Octets PAD_2 = pad2();

  private MppeKeyDerivation() {}

  /** Section 3.4, GetMasterKey; 16 octets. */
  public static Octets masterKey(Octets ntPasswordHash, Octets ntResponse) {
    return MsChapV2.sha1(MsChapV2.hashNtPasswordHash(ntPasswordHash), ntResponse, MAGIC_1)
        .slice(0, 16);
  }

  /**
   * Section 3.4, GetAsymmetricStartKey.
   *
   * @param length of the session key: 8 or 16 octets
   * @param isSend whether the one who asks will send with it
   * @param isServer whether the one who asks is the server
   */
  public static Octets asymmetricStartKey(
      Octets masterKey, int length, boolean isSend, boolean isServer) {
    Octets magic = isSend == isServer ? MAGIC_3 : MAGIC_2;
    return MsChapV2.sha1(masterKey, PAD_1, magic, PAD_2).slice(0, length);
  }

  private static Octets pad2() {
    byte[] pad = new byte[40];
    java.util.Arrays.fill(pad, (byte) 0xf2);
    return Octets.of(pad);
  }

  private static Octets ascii(String text) {
    return Octets.ofText(text, StandardCharsets.US_ASCII);
  }
}
