package vpnlab.protocol.radius;

/** What a {@link RadiusServer} is for: the two have ports and packet codes of their own. */
public enum RadiusService {
  /** RFC 2865: UDP 1812, formerly 1645. */
  AUTHENTICATION,
  /** RFC 2866: UDP 1813, formerly 1646. */
  ACCOUNTING
}
