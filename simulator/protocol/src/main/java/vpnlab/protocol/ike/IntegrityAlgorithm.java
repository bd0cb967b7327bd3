package vpnlab.protocol.ike;

import java.util.Arrays;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.TransformId;

/** An integrity algorithm (RFC 2404, RFC 4868). */
@SuppressWarnings("ImmutableEnumChecker") // records of records are immutable
enum IntegrityAlgorithm {
  HMAC_SHA1_96(TransformId.AUTH_HMAC_SHA1_96, "HmacSHA1", 20, 12),
  HMAC_SHA2_256_128(TransformId.AUTH_HMAC_SHA2_256_128, "HmacSHA256", 32, 16),
  HMAC_SHA2_384_192(TransformId.AUTH_HMAC_SHA2_384_192, "HmacSHA384", 48, 24);

  private final TransformId id;
  private final String mac;
  private final int keySize;
  private final int icvSize;

  IntegrityAlgorithm(TransformId id, String mac, int keySize, int icvSize) {
    this.id = id;
    this.mac = mac;
    this.keySize = keySize;
    this.icvSize = icvSize;
  }

  static Optional<IntegrityAlgorithm> of(TransformId id) {
    return Arrays.stream(values()).filter(integ -> integ.id.equals(id)).findFirst();
  }

  int keySize() {
    return keySize;
  }

  int icvSize() {
    return icvSize;
  }

  Octets icv(Octets key, Octets data) {
    return Hmac.of(mac, key, data).slice(0, icvSize);
  }
}
