/** RADIUS servers under load: how many authentications a second, and whether any gets lost. */
package vpnlab.runner.load;
