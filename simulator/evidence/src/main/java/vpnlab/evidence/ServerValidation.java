package vpnlab.evidence;

import java.util.List;

/**
 * How a profile that authenticates by EAP-TLS or PEAP judges the certificate of NPS: the sections
 * {@code ServerValidation} and {@code RequireCryptoBinding} of its EapHostConfig.
 *
 * @param enabled whether the certificate is judged at all
 * @param trustedRoots SHA-1 thumbprints of the root certificates that are ticked, in hexadecimal;
 *     empty: every root of the computer's store will do
 * @param serverNames of which the certificate must have one (regular expressions); empty: any name
 * @param cryptobindingRequired whether PEAP without cryptobinding is refused
 */
public record ServerValidation(
    boolean enabled,
    List<String> trustedRoots,
    List<String> serverNames,
    boolean cryptobindingRequired) {
  public ServerValidation {
    trustedRoots = List.copyOf(trustedRoots);
    serverNames = List.copyOf(serverNames);
  }
}
