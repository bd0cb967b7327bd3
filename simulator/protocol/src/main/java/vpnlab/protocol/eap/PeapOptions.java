package vpnlab.protocol.eap;

/**
 * What PEAP may and must do.
 *
 * @param tls of phase 1; TLS 1.3 is never negotiated
 */
public record PeapOptions(Cryptobinding cryptobinding, EapTlsOptions tls) {
  /** As Windows does by default: binds when the other side can. */
  public static final PeapOptions DEFAULT =
      new PeapOptions(Cryptobinding.SUPPORTED, EapTlsOptions.DEFAULT);

  /** How much is made of the Crypto-Binding TLV. */
  public enum Cryptobinding {
    /** Neither sent nor checked. */
    OFF,
    /** Sent and checked; another side that has none is let through. */
    SUPPORTED,
    /** Another side that has none is refused. */
    REQUIRED
  }

  public PeapOptions {
    tls = new EapTlsOptions(false, tls.maxFragment(), tls.sessions());
  }

  public PeapOptions with(Cryptobinding other) {
    return new PeapOptions(other, tls);
  }

  public PeapOptions with(TlsSessionCache sessions) {
    return new PeapOptions(cryptobinding, tls.with(sessions));
  }

  boolean supportsBinding() {
    return cryptobinding != Cryptobinding.OFF;
  }

  boolean requiresBinding() {
    return cryptobinding == Cryptobinding.REQUIRED;
  }
}
