/**
 * The domain's directory: entries with access control lists, served over LDAPv3 (RFC 4511) on the
 * lab's network, and the members' view of it.
 */
package vpnlab.lab.directory;
