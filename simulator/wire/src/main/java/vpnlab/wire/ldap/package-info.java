/** LDAPv3 messages (RFC 4511) as octets and records. */
package vpnlab.wire.ldap;
