package vpnlab.lab.servers;

import java.net.BindException;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import vpnlab.lab.host.Machine;
import vpnlab.lab.spec.PkiSpec;
import vpnlab.network.http.HttpMessage;
import vpnlab.network.http.HttpServer;
import vpnlab.protocol.x509.IssuedCertificate;
import vpnlab.protocol.x509.Mint;
import vpnlab.wire.Octets;

/** Where a company's authorities publish: {@code /NAME.crl} and {@code /NAME.crt}, on port 80. */
public final class PkiWebServer {
  private PkiWebServer() {}

  /**
   * Signs the revocation lists and starts the server.
   *
   * @param start when the lab began
   * @param certificates by their names in the lab file
   */
  public static void start(
      Machine machine,
      PkiSpec spec,
      Instant start,
      Mint mint,
      Function<String, IssuedCertificate> certificates)
      throws BindException {
    Map<String, HttpMessage.Reply> site = new LinkedHashMap<>();
    spec.lists()
        .forEach(
            (name, list) -> {
              IssuedCertificate authority = certificates.apply(name);
              X509CRL crl =
                  mint.revocationList(
                      authority,
                      list.revoked().stream()
                          .map(revoked -> certificates.apply(revoked).certificate())
                          .toList(),
                      list.thisUpdate().from(start).truncatedTo(ChronoUnit.SECONDS),
                      list.nextUpdate().from(start).truncatedTo(ChronoUnit.SECONDS),
                      1);
              site.put("/" + name + ".crl", file("application/pkix-crl", encoded(crl)));
              site.put("/" + name + ".crt", file("application/pkix-cert", authority.der()));
            });
    HttpServer.start(
        machine.network(),
        80,
        Optional.empty(),
        request -> site.getOrDefault(request.path(), HttpMessage.Reply.notFound()));
  }

  private static Octets encoded(X509CRL crl) {
    try {
      return Octets.of(crl.getEncoded());
    } catch (CRLException e) {
      throw new IllegalStateException("a revocation list of our own", e);
    }
  }

  private static HttpMessage.Reply file(String type, Octets content) {
    return new HttpMessage.Reply(200, type, content);
  }
}
