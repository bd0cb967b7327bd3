/** Labs and scenarios in JUnit tests. */
package vpnlab.junit5;
