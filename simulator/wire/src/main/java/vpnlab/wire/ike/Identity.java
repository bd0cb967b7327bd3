package vpnlab.wire.ike;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import javax.security.auth.x500.X500Principal;
import vpnlab.wire.Octets;

/** Who one end says it is (RFC 7296 section 3.5). */
public record Identity(IdType type, Octets data) {
  public static Identity address(InetAddress address) {
    byte[] octets = address.getAddress();
    return new Identity(
        octets.length == 4 ? IdType.ID_IPV4_ADDR : IdType.ID_IPV6_ADDR, Octets.of(octets));
  }

  public static Identity fqdn(String name) {
    return new Identity(IdType.ID_FQDN, Octets.ofText(name, StandardCharsets.UTF_8));
  }

  public static Identity email(String address) {
    return new Identity(IdType.ID_RFC822_ADDR, Octets.ofText(address, StandardCharsets.UTF_8));
  }

  /**
   * The subject of a certificate, say.
   *
   * @param der an encoded distinguished name
   */
  public static Identity distinguishedName(Octets der) {
    return new Identity(IdType.ID_DER_ASN1_DN, der);
  }

  public static Identity keyId(Octets id) {
    return new Identity(IdType.ID_KEY_ID, id);
  }

  /** The name or address in its usual notation; hexadecimal when it has none. */
  @Override
  public String toString() {
    try {
      return switch (type.code()) {
        case 1, 5 -> InetAddress.getByAddress(data.toArray()).getHostAddress();
        case 2, 3 -> data.toText(StandardCharsets.UTF_8);
        case 9 -> new X500Principal(data.toArray()).getName();
        default -> data.toString();
      };
    } catch (UnknownHostException | IllegalArgumentException e) {
      return data.toString();
    }
  }
}
