/**
 * Certificates (RFC 5280): minted at run time from recipes, judged as Windows' chain engine judges
 * them, chosen as RRAS chooses among the certificates of its store.
 */
package vpnlab.protocol.x509;
