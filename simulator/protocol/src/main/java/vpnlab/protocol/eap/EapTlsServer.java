package vpnlab.protocol.eap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import vpnlab.wire.Octets;

/** The TLS server inside EAP-TLS and PEAP: the authenticator. */
final class EapTlsServer extends DefaultTlsServer {
  private static final int[] TLS13_SUITES = {
    CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_AES_128_GCM_SHA256
  };
  private static final int[] RSA_SUITES = {
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
  };
  private static final int[] ECDSA_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
  };

  private final TlsSide side;
  private final Optional<List<Octets>> authorities;

  private EapTlsServer(TlsSide side, Optional<List<Octets>> authorities) {
    super(side.crypto);
    this.side = side;
    this.authorities = authorities;
  }

  /** A server that lets everybody into its tunnel (PEAP). */
  static EapTlsServer open(TlsSide side) {
    return new EapTlsServer(side, Optional.empty());
  }

  /**
   * A server that wants the client's certificate.
   *
   * @param authorities DER of the X.500 names of CAs whose certificates the client may send
   */
  static EapTlsServer requestingCertificate(TlsSide side, List<Octets> authorities) {
    return new EapTlsServer(side, Optional.of(authorities));
  }

  @Override
  public TlsSession getSessionToResume(byte[] sessionId) {
    return side.session(sessionId);
  }

  @Override
  public byte[] getNewSessionID() {
    return side.newSessionId();
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return side.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    int[] suites = side.hasRsaKey() ? RSA_SUITES : ECDSA_SUITES;
    if (!side.allowsTls13()) {
      return suites.clone();
    }
    int[] all = new int[TLS13_SUITES.length + suites.length];
    System.arraycopy(TLS13_SUITES, 0, all, 0, TLS13_SUITES.length);
    System.arraycopy(suites, 0, all, TLS13_SUITES.length, suites.length);
    return all;
  }

  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    // The judge decides what a certificate is worth, also by its signature.
    return false;
  }

  @Override
  public TlsCredentials getCredentials() throws IOException {
    return side.signer(
        context, context.getSecurityParametersHandshake().getClientSigAlgs(), TlsUtils.EMPTY_BYTES);
  }

  @Override
  @SuppressWarnings("JdkObsolete") // Bouncy Castle wants a Vector.
  public CertificateRequest getCertificateRequest() throws IOException {
    if (authorities.isEmpty()) {
      return null; // as Bouncy Castle wants it
    }
    Vector<X500Name> names = new Vector<>();
    for (Octets authority : authorities.get()) {
      names.add(X500Name.getInstance(authority.toArray()));
    }
    Vector<?> algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
    if (TlsUtils.isTLSv13(context)) {
      return new CertificateRequest(
          TlsUtils.EMPTY_BYTES, algorithms, null, names.isEmpty() ? null : names);
    }
    short[] types = {ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign};
    return new CertificateRequest(types, algorithms, names);
  }

  @Override
  public void notifyClientCertificate(Certificate certificate) throws IOException {
    boolean isTls13 = TlsUtils.isTLSv13(context);
    side.judge(
        certificate,
        isTls13 ? AlertDescription.certificate_required : AlertDescription.handshake_failure);
  }

  /**
   * Peers without RFC 5746 are welcome, strongSwan's TLS among them: the attack is on
   * renegotiation, and nobody renegotiates within EAP.
   */
  @Override
  public void notifySecureRenegotiation(boolean secureRenegotiation) {}

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    side.completed(context);
  }

  @Override
  public void notifyAlertRaised(short level, short description, String message, Throwable cause) {
    side.alertRaised(level, description);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    side.alertReceived(level, description);
  }
}
