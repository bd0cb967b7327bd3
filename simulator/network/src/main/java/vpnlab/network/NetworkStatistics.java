package vpnlab.network;

import java.time.Duration;

/**
 * What a network has done so far.
 *
 * @param networkTime elapsed for the hosts: virtual on a virtual network
 * @param wallTime elapsed for people
 * @param packetsSent by hosts, fragments counted one by one
 * @param packetsReceived by hosts
 * @param packetsDropped anywhere
 * @param capturesForgotten packets that captures of hosts hold no longer, because they were too
 *     many
 */
public record NetworkStatistics(
    Duration networkTime,
    Duration wallTime,
    long packetsSent,
    long packetsReceived,
    long packetsDropped,
    long capturesForgotten) {}
