/**
 * What the evidence shows, decoded and put in order, so that rules stay small. Each view is
 * lenient: what is damaged or missing is left out, and nothing is concluded from it.
 */
package vpnlab.diagnosis.facts;
