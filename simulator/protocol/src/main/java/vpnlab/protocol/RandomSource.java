package vpnlab.protocol;

import java.security.SecureRandom;
import java.util.Random;
import vpnlab.wire.Octets;

/** All randomness of a host; seeded in a lab, so that a run can be repeated. */
public interface RandomSource {
  Octets octets(int count);

  /** For libraries that want one; draws from this source. */
  SecureRandom secureRandom();

  /** Repeatable. For labs and tests only: whoever knows the seed knows the keys. */
  static RandomSource seeded(long seed) {
    return new SeededRandomSource(new Random(seed));
  }

  /** The platform's own cryptographic generator, for traffic with real peers. */
  static RandomSource secure() {
    return new SecureRandomSource(new SecureRandom());
  }
}
