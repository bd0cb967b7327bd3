/**
 * The way of a packet: hosts, links, routers, firewalls, translation, capture. Starts at Fabric.
 */
package vpnlab.network.path;
