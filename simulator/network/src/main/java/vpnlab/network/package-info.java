/** The network of a lab, in memory and virtual time or on real sockets. Start at LabNetwork. */
package vpnlab.network;
