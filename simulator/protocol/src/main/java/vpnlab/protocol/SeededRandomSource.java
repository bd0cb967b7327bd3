package vpnlab.protocol;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Random;
import vpnlab.wire.Octets;

/** A {@link RandomSource} that repeats itself for the same seed, also behind a SecureRandom. */
final class SeededRandomSource implements RandomSource {
  private final Random random;
  private final SecureRandom secureRandom;

  SeededRandomSource(Random random) {
    this.random = random;
    this.secureRandom = new Repeatable(random);
  }

  @Override
  public Octets octets(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  @Override
  public SecureRandom secureRandom() {
    return secureRandom;
  }

  private static final class Repeatable extends SecureRandom {
    private static final long serialVersionUID = 1L;

    Repeatable(Random random) {
      super(new Spi(random), null);
    }
  }

  private static final class Spi extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final Random random;

    Spi(Random random) {
      this.random = random;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] seed = new byte[count];
      random.nextBytes(seed);
      return seed;
    }
  }
}
