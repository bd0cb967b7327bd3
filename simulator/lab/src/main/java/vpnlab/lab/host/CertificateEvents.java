package vpnlab.lab.host;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import vpnlab.evidence.EventRecord.Level;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.wire.Octets;

/** What CryptoAPI 2 writes when it judges a peer's certificate. */
public record CertificateEvents(EventLog log) {
  private static final String SOURCE = "Microsoft-Windows-CAPI2";

  /**
   * CAPI2 11, 30 and 90.
   *
   * @param certificates all that the peer sent, DER, end entity first
   * @param errorStatus the chain's error bits
   * @param chainResult HRESULT of building the chain
   * @param policyResult HRESULT of checking it against its purpose
   * @param serverName the expected name, empty for none
   */
  public void judged(
      String subject,
      List<Octets> certificates,
      int errorStatus,
      int chainResult,
      int policyResult,
      String policy,
      String serverName) {
    write(
        11,
        chainResult == 0,
        "A certificate chain was built for " + subject + ".",
        "Subject",
        subject,
        "ErrorStatus",
        hex(errorStatus),
        "Result",
        hex(chainResult));
    write(
        30,
        policyResult == 0,
        "A certificate chain was checked against its purpose.",
        "Policy",
        policy,
        "ServerName",
        serverName,
        "Result",
        hex(policyResult));
    write(
        90,
        true,
        "The certificates that were looked at.",
        "Certificates",
        certificates.stream()
            .map(der -> Base64.getEncoder().encodeToString(der.toArray()))
            .collect(Collectors.joining(" ")));
  }

  /** CAPI2 70: the private key of one's own certificate was taken to prove oneself. */
  public void keyAcquired(X509Certificate certificate) {
    write(
        70,
        true,
        "The private key of a certificate was acquired.",
        "Subject",
        CertificateFields.subject(certificate),
        "Issuer",
        CertificateFields.issuer(certificate),
        "SerialNumber",
        CertificateFields.serialNumber(certificate),
        "Thumbprint",
        CertificateFields.thumbprint(certificate));
  }

  /** CAPI2 41: what came of looking a certificate up in the revocation lists. */
  public void revocationVerified(String subject, int result) {
    write(
        41,
        result == 0,
        "Revocation of a certificate was verified.",
        "Subject",
        subject,
        "Result",
        hex(result));
  }

  /** CAPI2 42: a revocation list is too old to be used. */
  public void listRejected(String issuer, Instant nextUpdate, int result) {
    write(
        42,
        false,
        "A revocation list was rejected.",
        "Issuer",
        issuer,
        "NextUpdate",
        nextUpdate.toString(),
        "Result",
        hex(result));
  }

  /** CAPI2 52: a revocation list is being fetched. */
  public void listWanted(String url) {
    write(52, true, "An object is being retrieved from the network.", "URL", url);
  }

  /** CAPI2 53: a revocation list was fetched, or what kept it away. */
  public void listRetrieved(String url, int result) {
    write(
        53,
        result == 0,
        "An object was retrieved from the network.",
        "URL",
        url,
        "Result",
        hex(result));
  }

  private void write(int id, boolean good, String message, String... data) {
    log.write(
        SOURCE + "/Operational", SOURCE, id, good ? Level.INFORMATION : Level.ERROR, message, data);
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value).toUpperCase(java.util.Locale.ROOT);
  }
}
