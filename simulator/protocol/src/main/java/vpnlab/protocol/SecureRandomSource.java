package vpnlab.protocol;

import java.security.SecureRandom;
import vpnlab.wire.Octets;

/** A {@link RandomSource} on the platform's cryptographic generator. */
record SecureRandomSource(SecureRandom secureRandom) implements RandomSource {
  @Override
  public Octets octets(int count) {
    byte[] bytes = new byte[count];
    secureRandom.nextBytes(bytes);
    return Octets.of(bytes);
  }
}
