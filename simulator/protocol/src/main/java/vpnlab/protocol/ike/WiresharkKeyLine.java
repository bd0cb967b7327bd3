package vpnlab.protocol.ike;

import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.Transform;
import vpnlab.wire.ike.TransformType;

/** Writes keys as Wireshark's ikev2_decryption_table wants them. */
final class WiresharkKeyLine {
  private WiresharkKeyLine() {}

  static String of(IkeEvent.KeysDerived derived) {
    IkeKeys keys = derived.keys();
    return String.join(
        ",",
        derived.initiatorSpi().toString(),
        derived.responderSpi().toString(),
        keys.ei().toHex(),
        keys.er().toHex(),
        quoted(cipher(derived.suite())),
        keys.ai().toHex(),
        keys.ar().toHex(),
        quoted(integrity(derived.suite())));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String cipher(Proposal suite) {
    Transform transform = suite.transforms(TransformType.ENCR).get(0);
    int bits = transform.keyLength().orElse(0);
    return switch (transform.id().number()) {
      case 3 -> "3DES [RFC2451]";
      case 12 -> "AES-CBC-" + bits + " [RFC3602]";
      case 20 -> "AES-GCM-" + bits + " with 16 octet ICV [RFC5282]";
      default -> "NULL [RFC2410]";
    };
  }

  private static String integrity(Proposal suite) {
    int number =
        suite.transforms(TransformType.INTEG).stream()
            .mapToInt(t -> t.id().number())
            .findFirst()
            .orElse(0);
    return switch (number) {
      case 2 -> "HMAC_SHA1_96 [RFC2404]";
      case 12 -> "HMAC_SHA2_256_128 [RFC4868]";
      case 13 -> "HMAC_SHA2_384_192 [RFC4868]";
      default -> "NONE [RFC4306]";
    };
  }
}
