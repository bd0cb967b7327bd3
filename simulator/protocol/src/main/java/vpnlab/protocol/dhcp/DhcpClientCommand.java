package vpnlab.protocol.dhcp;

import vpnlab.protocol.ProtocolCommand;
import vpnlab.wire.Octets;

/** What the owner of a {@link DhcpClient} can ask of it. */
public sealed interface DhcpClientCommand extends ProtocolCommand {
  /**
   * Lease an address under this client identifier and keep it.
   *
   * @param identifier 2 to 255 octets (RFC 2132 section 9.14); one that has a lease is ignored
   */
  record Obtain(Octets identifier) implements DhcpClientCommand {}

  /** Give back what is leased under this identifier. */
  record Release(Octets identifier) implements DhcpClientCommand {}

  /** Tell the server that somebody else has the address, and lease another. */
  record Decline(Octets identifier) implements DhcpClientCommand {}

  /** Ask for the parameters of the network only (DHCPINFORM). */
  record Inform() implements DhcpClientCommand {}
}
