package vpnlab.lab.host;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.protocol.x509.KeyPurpose;

/** Judges web servers by the machine's own stores and clock, as SChannel does. */
public final class MachineTrust extends X509ExtendedTrustManager {
  private final Machine machine;
  private final String server;

  /**
   * @param server the name that the certificate must have
   */
  public MachineTrust(Machine machine, String server) {
    this.machine = machine;
    this.server = server;
  }

  private void judge(X509Certificate[] chain) throws CertificateException {
    PeerCertificates.Judgement judgement =
        new PeerCertificates(machine)
            .judge(
                machine.now(),
                Stream.of(chain).map(CertificateFields::der).toList(),
                ChainPolicy.base()
                    .requiring(KeyPurpose.SERVER_AUTH, false)
                    .withExpectedNames(List.of(server)),
                "CERT_CHAIN_POLICY_SSL (HTTPS server)");
    if (!judgement.accepted()) {
      throw new CertificateException(judgement.text());
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this side is the client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
