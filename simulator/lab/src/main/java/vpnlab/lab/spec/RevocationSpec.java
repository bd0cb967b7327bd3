package vpnlab.lab.spec;

import vpnlab.wire.ip.Ipv4Address;

/**
 * Whether NPS looks clients' certificates up in revocation lists: the values of {@code
 * RasMan\PPP\EAP\13} in the registry.
 *
 * @param noRevocationCheck no list is looked at
 * @param ignoreNoRevocationCheck a certificate without distribution point will do
 * @param ignoreRevocationOffline a list that cannot be had, or is too old, will do
 * @param nameServer whom NPS asks for the names in URLs; empty for nobody
 */
public record RevocationSpec(
    boolean noRevocationCheck,
    boolean ignoreNoRevocationCheck,
    boolean ignoreRevocationOffline,
    String nameServer) {
  /** NoRevocationCheck = 1. */
  public static final RevocationSpec NO_CHECK = new RevocationSpec(true, false, false, "");

  static RevocationSpec of(SpecReader r) {
    return new RevocationSpec(
        r.bool("noRevocationCheck", false),
        r.bool("ignoreNoRevocationCheck", false),
        r.bool("ignoreRevocationOffline", false),
        r.checkedText("nameServer", "", Ipv4Address::parse));
  }
}
