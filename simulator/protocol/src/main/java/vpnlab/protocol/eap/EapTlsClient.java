package vpnlab.protocol.eap;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;

/** The TLS client inside EAP-TLS and PEAP: the peer. */
final class EapTlsClient extends DefaultTlsClient {
  private final TlsSide side;

  EapTlsClient(TlsSide side) {
    super(side.crypto);
    this.side = side;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return side.versions();
  }

  @Override
  public TlsSession getSessionToResume() {
    return side.lastSession();
  }

  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    // The judge decides what a certificate is worth, also by its signature.
    return false;
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
        side.judge(certificate.getCertificate(), AlertDescription.handshake_failure);
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        return side.signer(
            context,
            request.getSupportedSignatureAlgorithms(),
            request.getCertificateRequestContext());
      }
    };
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
