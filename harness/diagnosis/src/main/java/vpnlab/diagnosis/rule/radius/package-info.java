/** Between RRAS and NPS: what ends in 812 after silence. */
package vpnlab.diagnosis.rule.radius;
