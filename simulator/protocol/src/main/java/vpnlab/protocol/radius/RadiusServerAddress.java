package vpnlab.protocol.radius;

import java.net.InetSocketAddress;

/** A server that a {@link RadiusClient} asks. */
public record RadiusServerAddress(InetSocketAddress address, SharedSecret secret) {}
