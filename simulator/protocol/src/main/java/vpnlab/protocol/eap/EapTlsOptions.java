package vpnlab.protocol.eap;

import java.util.Optional;

/**
 * What EAP-TLS may do.
 *
 * @param tls13 whether TLS 1.3 may be negotiated (RFC 9190); TLS 1.2 always may (RFC 5216)
 * @param maxFragment octets of TLS in one EAP packet
 * @param sessions where TLS 1.2 sessions are kept that may be resumed (RFC 5216, section 2.1.2);
 *     empty: none is
 */
public record EapTlsOptions(boolean tls13, int maxFragment, Optional<TlsSessionCache> sessions) {
  /** TLS 1.2 as Windows' EAP-TLS does by default, in fragments that fit into any tunnel. */
  public static final EapTlsOptions DEFAULT = new EapTlsOptions(false, 1024);

  public EapTlsOptions {
    if (maxFragment < 16 || maxFragment > 16000) {
      throw new IllegalArgumentException("EAP-TLS fragments of " + maxFragment + " octets");
    }
  }

  public EapTlsOptions(boolean tls13, int maxFragment) {
    this(tls13, maxFragment, Optional.empty());
  }

  public EapTlsOptions with(TlsSessionCache cache) {
    return new EapTlsOptions(tls13, maxFragment, Optional.of(cache));
  }
}
