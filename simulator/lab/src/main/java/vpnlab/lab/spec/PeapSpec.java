package vpnlab.lab.spec;

import vpnlab.protocol.eap.PeapOptions.Cryptobinding;

/**
 * Settings of PEAP, on either side.
 *
 * @param cryptobinding {@code off} for software that is older than cryptobinding
 * @param fastReconnect whether TLS sessions may be resumed
 */
public record PeapSpec(Cryptobinding cryptobinding, boolean fastReconnect) {
  static PeapSpec of(SpecReader r) {
    return new PeapSpec(
        r.constant("cryptobinding", Cryptobinding.SUPPORTED), r.bool("fastReconnect", true));
  }
}
