package vpnlab.network;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * A real UDP socket that stands for a UDP port in the lab, so that real peers can reach it.
 *
 * @param real where peers send to
 * @param lab the host's address and port in the lab
 */
public record Gateway(InetSocketAddress real, InetSocketAddress lab, Channel channel) {}
