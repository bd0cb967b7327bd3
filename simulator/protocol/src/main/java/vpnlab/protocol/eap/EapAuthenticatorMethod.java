package vpnlab.protocol.eap;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

/** A method that an authenticator allows, with all it needs for that. */
public sealed interface EapAuthenticatorMethod {
  EapType type();

  /**
   * EAP-MSCHAPv2.
   *
   * @param serverName goes into the Challenge
   * @param retries how often a wrong password may be tried again (R=1); 0 ends at the first, which
   *     suits Windows clients: they dial anew to ask for another
   */
  record MsChapV2(String serverName, CredentialSource credentials, int retries)
      implements EapAuthenticatorMethod {
    public MsChapV2(String serverName, CredentialSource credentials) {
      this(serverName, credentials, 0);
    }

    @Override
    public EapType type() {
      return EapType.MSCHAPV2;
    }
  }

  /**
   * EAP-TLS.
   *
   * @param own empty: the method is offered, but fails at the ClientHello, as on Windows
   * @param judge decides about the peer's certificate, which is always requested
   * @param authorities DER of the X.500 names of the CAs that the peer is told to choose from; may
   *     be empty
   */
  record Tls(
      Optional<CertificateAndKey> own,
      CertificateJudge judge,
      List<Octets> authorities,
      EapTlsOptions options)
      implements EapAuthenticatorMethod {
    public Tls {
      authorities = List.copyOf(authorities);
    }

    public Tls(
        CertificateAndKey own,
        CertificateJudge judge,
        List<Octets> authorities,
        EapTlsOptions options) {
      this(Optional.of(own), judge, authorities, options);
    }

    public Tls(CertificateAndKey own, CertificateJudge judge, List<Octets> authorities) {
      this(own, judge, authorities, EapTlsOptions.DEFAULT);
    }

    private EapAuthenticatorMethod within(EapTlsOptions tunnel) {
      return new Tls(own, judge, authorities, options.within(tunnel));
    }

    @Override
    public EapType type() {
      return EapType.TLS;
    }
  }

  /**
   * PEAP version 0 (MS-PEAP). The peer needs no certificate for the tunnel.
   *
   * @param own empty: the method is offered, but fails at the ClientHello, as on Windows
   * @param inner the methods of phase 2, in order of preference
   */
  record Peap(Optional<CertificateAndKey> own, EapAuthenticatorConfig inner, PeapOptions options)
      implements EapAuthenticatorMethod {
    public Peap {
      EapTlsOptions tunnel = options.tls();
      inner =
          new EapAuthenticatorConfig(
              inner.methods().stream()
                  .map(method -> method instanceof Tls tls ? tls.within(tunnel) : method)
                  .toList());
    }

    public Peap(CertificateAndKey own, EapAuthenticatorMethod inner) {
      this(Optional.of(own), new EapAuthenticatorConfig(List.of(inner)), PeapOptions.DEFAULT);
    }

    @Override
    public EapType type() {
      return EapType.PEAP;
    }
  }
}
