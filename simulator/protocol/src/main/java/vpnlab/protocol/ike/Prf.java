package vpnlab.protocol.ike;

import java.util.Arrays;
import java.util.Optional;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.TransformId;

/** A pseudorandom function (RFC 7296 sections 2.13 and 3.3.2, RFC 4868). */
@SuppressWarnings("ImmutableEnumChecker") // records of records are immutable
enum Prf {
  HMAC_SHA1(TransformId.PRF_HMAC_SHA1, "HmacSHA1", 20),
  HMAC_SHA2_256(TransformId.PRF_HMAC_SHA2_256, "HmacSHA256", 32),
  HMAC_SHA2_384(TransformId.PRF_HMAC_SHA2_384, "HmacSHA384", 48);

  private final TransformId id;
  private final String mac;
  private final int size;

  Prf(TransformId id, String mac, int size) {
    this.id = id;
    this.mac = mac;
    this.size = size;
  }

  static Optional<Prf> of(TransformId id) {
    return Arrays.stream(values()).filter(prf -> prf.id.equals(id)).findFirst();
  }

  /** Octets of its output, which is also the size of its keys. */
  int keySize() {
    return size;
  }

  Octets of(Octets key, Octets data) {
    return Hmac.of(mac, key, data);
  }

  /**
   * prf+ (section 2.13).
   *
   * @param count octets, at most 255 times the output size
   */
  Octets plus(Octets key, Octets seed, int count) {
    if (count > 255 * size) {
      throw new IllegalArgumentException("prf+ cannot give " + count + " octets");
    }
    OctetWriter all = new OctetWriter();
    Octets block = Octets.EMPTY;
    for (int i = 1; all.size() < count; i++) {
      block = of(key, Octets.concat(block, seed, Octets.of((byte) i)));
      all.octets(block);
    }
    return all.toOctets().slice(0, count);
  }
}
