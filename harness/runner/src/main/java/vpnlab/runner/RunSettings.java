package vpnlab.runner;

import java.util.OptionalLong;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.lab.NetworkKind;

/**
 * How scenarios are run.
 *
 * @param seed for all of them; each scenario's own when empty
 * @param engine who diagnoses; called from several threads at once when scenarios run in parallel
 */
public record RunSettings(NetworkKind network, OptionalLong seed, DiagnosticEngine engine) {}
