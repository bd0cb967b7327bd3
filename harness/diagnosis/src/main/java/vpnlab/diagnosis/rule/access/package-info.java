/** Conditional access, which certificate proves the user, and whether it is revoked. */
package vpnlab.diagnosis.rule.access;
