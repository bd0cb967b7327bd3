/** Capture files. */
package vpnlab.wire.pcap;
