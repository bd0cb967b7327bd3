/** Between the servers and the directory: what they may not read, and what they cannot reach. */
package vpnlab.diagnosis.rule.directory;
