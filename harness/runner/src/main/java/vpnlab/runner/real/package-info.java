/** Labs that real clients dial, and real servers that the lab's client dials. */
package vpnlab.runner.real;
