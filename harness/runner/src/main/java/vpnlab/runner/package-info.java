/** Scenarios: what is broken, what must be diagnosed, and whether it was. */
package vpnlab.runner;
