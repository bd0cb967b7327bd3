/** Results as people and programs read them. */
package vpnlab.runner.report;
