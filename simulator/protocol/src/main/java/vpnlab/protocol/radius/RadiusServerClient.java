package vpnlab.protocol.radius;

/**
 * A client that a RADIUS server knows.
 *
 * @param name the friendly name
 * @param addresses whence its requests come
 * @param requireMessageAuthenticator whether also requests without EAP-Message need a
 *     Message-Authenticator
 */
public record RadiusServerClient(
    String name, AddressRange addresses, SharedSecret secret, boolean requireMessageAuthenticator) {
  public RadiusServerClient(String name, AddressRange addresses, SharedSecret secret) {
    this(name, addresses, secret, false);
  }
}
