/** The engine that asks every rule, the catalogue, and the texts of {@code vpnlab explain}. */
package vpnlab.diagnosis.engine;
