package vpnlab.protocol.ike;

import java.time.Duration;
import java.time.Instant;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeSpi;

/**
 * Cookies that prove a client can be reached at its address, without state for each (RFC 7296
 * section 2.6). The secret changes with every time slice (MS-IKEE gives 150 s); cookies of the
 * slice before are still good.
 */
final class Cookies {
  private static final Duration SLICE = Duration.ofSeconds(150);

  private final RandomSource random;
  private Instant since = Instant.MIN;
  private Octets secret = Octets.EMPTY;
  private Octets secretBefore = Octets.EMPTY;

  Cookies(RandomSource random) {
    this.random = random;
  }

  Octets cookie(Instant now, Path path, IkeSpi spi, Octets nonce) {
    turn(now);
    return of(secret, path, spi, nonce);
  }

  boolean isGood(Instant now, Octets cookie, Path path, IkeSpi spi, Octets nonce) {
    turn(now);
    return cookie.equalsInConstantTime(of(secret, path, spi, nonce))
        || cookie.equalsInConstantTime(of(secretBefore, path, spi, nonce));
  }

  private void turn(Instant now) {
    if (since.equals(Instant.MIN)) {
      secret = random.octets(32);
      secretBefore = random.octets(32);
      since = now;
    } else if (Duration.between(since, now).compareTo(SLICE) > 0) {
      secretBefore = secret;
      secret = random.octets(32);
      since = now;
    }
  }

  private static Octets of(Octets secret, Path path, IkeSpi spi, Octets nonce) {
    OctetWriter writer = new OctetWriter().octets(nonce);
    writer.octets(Octets.of(path.remote().getAddress().getAddress()));
    writer.u16(path.remote().getPort()).u64(spi.value());
    return Hmac.of("HmacSHA256", secret, writer.toOctets());
  }
}
