package vpnlab.lab.client;

import java.util.List;
import java.util.Optional;
import vpnlab.evidence.ServerValidation;
import vpnlab.protocol.eap.PeapOptions;
import vpnlab.protocol.eap.TlsSessionCache;

/**
 * What a profile says about EAP.
 *
 * @param validation of the certificate that NPS shows
 * @param peap cryptobinding; sessions are not taken from here
 * @param sessions for fast reconnect; empty when the profile has it off
 */
public record EapSettings(
    ServerValidation validation, PeapOptions peap, Optional<TlsSessionCache> sessions) {
  /** Any root of the computer's, any name, cryptobinding when NPS can; nothing is remembered. */
  public static final EapSettings DEFAULT =
      new EapSettings(
          new ServerValidation(true, List.of(), List.of(), false),
          PeapOptions.DEFAULT,
          Optional.empty());

  PeapOptions options() {
    return sessions.map(peap::with).orElse(peap);
  }
}
