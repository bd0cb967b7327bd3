/** The command line. */
package vpnlab.cli;
