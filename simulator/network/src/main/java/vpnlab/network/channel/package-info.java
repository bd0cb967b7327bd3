/** Netty's channels over a host of the lab. */
package vpnlab.network.channel;
