/** A network as plain data. */
package vpnlab.network.topology;
