package vpnlab.protocol.ike;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.util.BigIntegers;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.TransformId;

/** A Diffie-Hellman group (RFC 7296 appendix B, RFC 3526, RFC 5903, RFC 8031). */
@SuppressWarnings("ImmutableEnumChecker") // records of records are immutable
enum DhGroup {
  MODP_1024(TransformId.MODP_1024, new Modp(DHStandardGroups.rfc2409_1024)),
  MODP_2048(TransformId.MODP_2048, new Modp(DHStandardGroups.rfc3526_2048)),
  ECP_256(TransformId.ECP_256, new Ecp(CustomNamedCurves.getByName("secp256r1"))),
  ECP_384(TransformId.ECP_384, new Ecp(CustomNamedCurves.getByName("secp384r1"))),
  CURVE_25519(TransformId.CURVE_25519, new Curve25519());

  private final TransformId id;
  private final Arithmetic arithmetic;

  DhGroup(TransformId id, Arithmetic arithmetic) {
    this.id = id;
    this.arithmetic = arithmetic;
  }

  static Optional<DhGroup> of(TransformId id) {
    return Arrays.stream(values()).filter(group -> group.id.equals(id)).findFirst();
  }

  TransformId id() {
    return id;
  }

  KeyPair generate(RandomSource random) {
    return keyPair(arithmetic.privateKey(random));
  }

  KeyPair keyPair(Octets privateKey) {
    return new KeyPair(this, privateKey, arithmetic.publicValue(privateKey));
  }

  /**
   * One end's part of an exchange.
   *
   * @param publicValue as it stands in a KE payload
   */
  record KeyPair(DhGroup group, Octets privateKey, Octets publicValue) {
    /** The shared secret; empty when the peer's value is not a valid one of this group. */
    Optional<Octets> agree(Octets peersPublicValue) {
      return group.arithmetic.agree(privateKey, peersPublicValue);
    }
  }

  private interface Arithmetic {
    Octets privateKey(RandomSource random);

    Octets publicValue(Octets privateKey);

    Optional<Octets> agree(Octets privateKey, Octets peer);
  }

  private static Octets padded(int size, BigInteger number) {
    return Octets.of(BigIntegers.asUnsignedByteArray(size, number));
  }

  /** Values are as long as the prime (RFC 7296 section 3.4). */
  private record Modp(DHParameters parameters) implements Arithmetic {
    private int size() {
      return (parameters.getP().bitLength() + 7) / 8;
    }

    @Override
    public Octets privateKey(RandomSource random) {
      return random.octets(32);
    }

    @Override
    public Octets publicValue(Octets privateKey) {
      BigInteger exponent = new BigInteger(1, privateKey.toArray());
      return padded(size(), parameters.getG().modPow(exponent, parameters.getP()));
    }

    @Override
    public Optional<Octets> agree(Octets privateKey, Octets peer) {
      BigInteger value = new BigInteger(1, peer.toArray());
      BigInteger highest = parameters.getP().subtract(BigInteger.TWO);
      if (peer.size() != size()
          || value.compareTo(BigInteger.TWO) < 0
          || value.compareTo(highest) > 0) {
        return Optional.empty();
      }
      BigInteger exponent = new BigInteger(1, privateKey.toArray());
      return Optional.of(padded(size(), value.modPow(exponent, parameters.getP())));
    }
  }

  /** Values are x and y without the leading 4; the secret is x alone (RFC 5903 section 7). */
  private record Ecp(X9ECParameters curve) implements Arithmetic {
    private int size() {
      return (curve.getCurve().getFieldSize() + 7) / 8;
    }

    @Override
    public Octets privateKey(RandomSource random) {
      while (true) {
        Octets candidate = random.octets(size());
        BigInteger number = new BigInteger(1, candidate.toArray());
        if (number.signum() > 0 && number.compareTo(curve.getN()) < 0) {
          return candidate;
        }
      }
    }

    @Override
    public Octets publicValue(Octets privateKey) {
      BigInteger number = new BigInteger(1, privateKey.toArray());
      return Octets.of(curve.getG().multiply(number).normalize().getEncoded(false)).from(1);
    }

    @Override
    public Optional<Octets> agree(Octets privateKey, Octets peer) {
      if (peer.size() != 2 * size()) {
        return Optional.empty();
      }
      try {
        Octets encoded = Octets.concat(Octets.of((byte) 4), peer);
        ECPoint point = curve.getCurve().decodePoint(encoded.toArray());
        ECPoint product = point.multiply(new BigInteger(1, privateKey.toArray())).normalize();
        return product.isInfinity()
            ? Optional.empty()
            : Optional.of(Octets.of(product.getAffineXCoord().getEncoded()));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // not on the curve
      }
    }
  }

  /** RFC 8031 section 3. */
  private record Curve25519() implements Arithmetic {
    @Override
    public Octets privateKey(RandomSource random) {
      return random.octets(X25519.SCALAR_SIZE);
    }

    @Override
    public Octets publicValue(Octets privateKey) {
      byte[] result = new byte[X25519.POINT_SIZE];
      X25519.scalarMultBase(privateKey.toArray(), 0, result, 0);
      return Octets.of(result);
    }

    @Override
    public Optional<Octets> agree(Octets privateKey, Octets peer) {
      byte[] result = new byte[X25519.POINT_SIZE];
      boolean valid =
          peer.size() == X25519.POINT_SIZE
              && X25519.calculateAgreement(privateKey.toArray(), 0, peer.toArray(), 0, result, 0);
      return valid ? Optional.of(Octets.of(result)) : Optional.empty();
    }
  }
}
