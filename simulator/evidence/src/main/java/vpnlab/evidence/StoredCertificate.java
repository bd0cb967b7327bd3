package vpnlab.evidence;

import vpnlab.wire.Octets;

/**
 * A certificate in a certificate store.
 *
 * @param host whose store
 * @param store Windows' name of the store, e.g. {@code LocalMachine\Root}, {@code LocalMachine\CA},
 *     {@code LocalMachine\My}, {@code CurrentUser\Root}, {@code CurrentUser\My}
 * @param der the certificate, DER
 * @param privateKey whether the private key is there too
 */
public record StoredCertificate(String host, String store, Octets der, boolean privateKey) {}
