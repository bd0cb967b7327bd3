package vpnlab.protocol.eap;

import java.time.Instant;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

/** A method's run on the peer's side. */
sealed interface PeerMethod permits MsChapV2PeerMethod, EapTlsPeerMethod, PeapPeerMethod {
  static PeerMethod start(EapPeerMethod config, RandomSource random) {
    if (config instanceof EapPeerMethod.Peap peap) {
      return new PeapPeerMethod(peap, random);
    }
    return config instanceof EapPeerMethod.Tls tls
        ? new EapTlsPeerMethod(tls, random)
        : new MsChapV2PeerMethod((EapPeerMethod.MsChapV2) config, random);
  }

  EapType type();

  /**
   * Takes the type data of a Request.
   *
   * @param now by the peer's clock
   */
  PeerStep handle(Instant now, Octets data);

  /** Present once the method may end in success. */
  Optional<EapKeys> keys();

  /** Why the method cannot end in success any more. */
  Optional<EapPeerFailure> failure();
}
