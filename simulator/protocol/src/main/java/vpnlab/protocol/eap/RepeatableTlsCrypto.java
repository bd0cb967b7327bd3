package vpnlab.protocol.eap;

import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jcajce.util.ProviderJcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import vpnlab.protocol.RandomSource;

/**
 * Bouncy Castle's TLS cryptography with all its randomness from one source. Its own nonce generator
 * stirs in the machine's clock and a counter of the whole process, so no seed could repeat a run.
 */
final class RepeatableTlsCrypto extends JcaTlsCrypto {
  private final RandomSource random;

  /** The algorithms as an object; it has no state, and is slow to make. */
  private static final class Algorithms {
    static final JcaJceHelper BOUNCY_CASTLE = new ProviderJcaJceHelper(new BouncyCastleProvider());
  }

  RepeatableTlsCrypto(RandomSource random) {
    super(
        Algorithms.BOUNCY_CASTLE,
        Algorithms.BOUNCY_CASTLE,
        random.secureRandom(),
        random.secureRandom());
    this.random = random;
  }

  @Override
  public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
    return size -> random.octets(size).toArray();
  }
}
