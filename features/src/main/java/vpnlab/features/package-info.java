/** The words of the features, and what runs them. */
package vpnlab.features;
