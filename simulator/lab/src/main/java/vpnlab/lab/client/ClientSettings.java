package vpnlab.lab.client;

import java.net.InetAddress;
import java.util.Optional;
import vpnlab.protocol.ike.RetransmissionPolicy;

/**
 * How a client dials, whatever the profile.
 *
 * @param nameServer whom it asks for addresses; without one only addresses can be dialed
 * @param localPort IKE's own port, 500 with Windows; 0 for any free one
 * @param localNatPort IKE's own port behind NAT, 4500 with Windows; 0 for any free one
 * @param remotePort the server's IKE port
 * @param remoteNatPort the server's NAT traversal port
 */
public record ClientSettings(
    Optional<InetAddress> nameServer,
    int localPort,
    int localNatPort,
    int remotePort,
    int remoteNatPort,
    boolean fragmentation,
    RetransmissionPolicy retransmission) {}
