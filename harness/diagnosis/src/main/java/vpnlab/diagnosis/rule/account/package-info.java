/** Accounts and policies: what NPS denies, 646 to 649, 691 and 812. */
package vpnlab.diagnosis.rule.account;
