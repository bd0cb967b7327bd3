/** Certificates of both ends: what ends in 13801, 13806, 853 or 854. */
package vpnlab.diagnosis.rule.certificate;
