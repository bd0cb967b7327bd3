/**
 * What a rule is. The rules themselves are in the packages below, one class, one page (a Markdown
 * resource of the rule's id) and at least one case in the tests for each.
 */
package vpnlab.diagnosis.rule;
