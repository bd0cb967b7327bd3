package vpnlab.lab.host;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import vpnlab.evidence.EventRecord.Level;
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

  private void write(int id, boolean good, String message, String... data) {
    log.write(
        SOURCE + "/Operational", SOURCE, id, good ? Level.INFORMATION : Level.ERROR, message, data);
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value).toUpperCase(java.util.Locale.ROOT);
  }
}
