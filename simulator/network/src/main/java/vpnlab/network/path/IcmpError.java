package vpnlab.network.path;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import vpnlab.wire.ip.IcmpKind;

/**
 * What became known about a packet that a channel had sent. It arrives in the channel's pipeline as
 * a user event, and the channel stays open.
 *
 * @param remote where the packet was to go
 * @param reporter who said so; the host itself when it found no way
 */
public record IcmpError(IcmpKind kind, InetSocketAddress remote, InetAddress reporter) {}
