/** Connected, and yet nothing goes through: causes that no RAS error code shows. */
package vpnlab.diagnosis.rule.datapath;
