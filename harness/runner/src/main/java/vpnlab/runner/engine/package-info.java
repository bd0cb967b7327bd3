/** Diagnostic engines: the one that comes with vpnlab, and any command that speaks JSON. */
package vpnlab.runner.engine;
