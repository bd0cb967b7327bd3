package vpnlab.wire.ike;

import vpnlab.wire.Octets;

/**
 * The eight octets by which one end knows an IKE SA (RFC 7296 section 2.6); zero means none yet.
 */
public record IkeSpi(long value) {
  public static final IkeSpi ZERO = new IkeSpi(0);

  /**
   * The SPI that stands in those octets.
   *
   * @param octets eight of them
   */
  public static IkeSpi of(Octets octets) {
    if (octets.size() != 8) {
      throw new IllegalArgumentException("an IKE SPI has 8 octets, not " + octets.size());
    }
    return new IkeSpi(Long.parseUnsignedLong(octets.toHex(), 16));
  }

  public boolean isZero() {
    return value == 0;
  }

  public Octets octets() {
    return Octets.ofHex(toString());
  }

  /** Sixteen hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x", value);
  }
}
