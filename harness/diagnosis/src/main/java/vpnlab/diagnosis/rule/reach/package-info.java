/** Name, way and tunnel: what ends in 868, 809 or 13868. */
package vpnlab.diagnosis.rule.reach;
