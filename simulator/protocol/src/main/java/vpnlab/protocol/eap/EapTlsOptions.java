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

  /** EAP and TLS record headers, MAC and padding of the longest cipher suite. */
  private static final int TUNNEL_OVERHEAD = 100;

  private static final int LEAST_INNER_FRAGMENT = 64;

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

  /**
   * For EAP-TLS inside PEAP: each fragment must fit into one of the tunnel's, because FreeRADIUS
   * (and wpa_supplicant) cannot take an inner packet in pieces.
   */
  EapTlsOptions within(EapTlsOptions tunnel) {
    int room = Math.max(LEAST_INNER_FRAGMENT, tunnel.maxFragment - TUNNEL_OVERHEAD);
    return new EapTlsOptions(tls13, Math.min(maxFragment, room), sessions);
  }
}
