/**
 * The accounting log of the Network Policy Server: its records, and how they are written as
 * comma-separated lines and as XML.
 */
package vpnlab.evidence.npslog;
