package vpnlab.features;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.lab.NetworkKind;
import vpnlab.runner.RunSettings;
import vpnlab.runner.engine.Engines;
import vpnlab.runner.engine.ExternalEngine;

/**
 * How features are run. Cucumber makes the steps itself, so the settings reach them as system
 * properties, which Maven's {@code -D} can set as well: {@code vpnlab.network} ({@code virtual},
 * {@code sockets}), {@code vpnlab.engine} (a command) and {@code vpnlab.seed}.
 */
public final class FeatureSettings {
  static final String NETWORK = "vpnlab.network";
  static final String ENGINE = "vpnlab.engine";
  static final String SEED = "vpnlab.seed";

  private FeatureSettings() {}

  static RunSettings read() {
    String network = System.getProperty(NETWORK, "virtual").toUpperCase(Locale.ROOT);
    Long seed = Long.getLong(SEED);
    return new RunSettings(
        NetworkKind.valueOf(network),
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
        engine());
  }

  private static DiagnosticEngine engine() {
    String command = System.getProperty(ENGINE, "");
    return command.isBlank()
        ? Engines.standard()
        : new ExternalEngine(command, Path.of("").toAbsolutePath(), Engines.TIMEOUT);
  }
}
