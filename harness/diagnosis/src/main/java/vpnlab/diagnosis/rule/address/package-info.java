/** The address pool: what ends in 840. */
package vpnlab.diagnosis.rule.address;
