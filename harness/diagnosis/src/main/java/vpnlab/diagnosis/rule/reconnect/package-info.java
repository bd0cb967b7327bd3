/** Connections that stood and did not survive a change of network: what ends in 829. */
package vpnlab.diagnosis.rule.reconnect;
