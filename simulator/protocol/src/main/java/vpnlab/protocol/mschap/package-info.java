/** The arithmetic of MS-CHAPv2 (RFC 2759) and of the MPPE keys that follow from it (RFC 3079). */
package vpnlab.protocol.mschap;
