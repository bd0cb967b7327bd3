/**
 * vpnlab held against software that nobody here wrote: strongSwan, FreeRADIUS, eapol_test, ike-scan
 * and tshark. The product is driven through its command line only.
 *
 * <p>The classes that drive a program ({@link vpnlab.interop.StrongSwanClient} and its like) leave
 * nothing of the machine's own configuration read or changed, run on free ports of the loopback
 * interface, and end what they started. Tests of the programs against each other prove that the
 * judge can tell good from bad before the product stands in front of it.
 */
package vpnlab.interop;
