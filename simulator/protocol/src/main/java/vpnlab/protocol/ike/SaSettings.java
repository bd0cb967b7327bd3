package vpnlab.protocol.ike;

import java.time.Duration;
import java.util.List;
import vpnlab.wire.ike.Proposal;

/**
 * What an SA needs to know of its endpoint's configuration, whichever end it is.
 *
 * @param fragmentSize octets of a UDP payload
 * @param followsPeer whether messages go to where the peer's last one came from, for peers behind a
 *     NAT (RFC 7296 section 2.23)
 * @param outageLimit how long a request under MOBIKE is repeated before the peer is given up
 * @param linger how long an ended SA still answers retransmissions
 * @param ikeProposals offered, and acceptable, when the IKE SA is rekeyed
 * @param espProposals offered, and acceptable, when a Child SA is rekeyed
 */
record SaSettings(
    RetransmissionPolicy retransmission,
    int fragmentSize,
    boolean followsPeer,
    Duration outageLimit,
    Duration linger,
    List<Proposal> ikeProposals,
    List<Proposal> espProposals) {}
