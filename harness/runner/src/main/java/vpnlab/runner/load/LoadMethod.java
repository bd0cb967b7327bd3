package vpnlab.runner.load;

import java.util.List;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.CertificateVerdict;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerConfig;
import vpnlab.protocol.eap.EapPeerMethod;
import vpnlab.protocol.eap.PeapOptions;
import vpnlab.protocol.eap.TlsSessionCache;

/** How the users of a load test authenticate. */
public enum LoadMethod {
  PAP("pap"),
  EAP_MSCHAPV2("eap-mschapv2"),
  /** A whole TLS handshake each time; sessions are not resumed. */
  PEAP_EAP_MSCHAPV2("peap-eap-mschapv2"),
  /** The first of each worker's turn as above; all others resume its TLS session. */
  PEAP_FAST_RECONNECT("peap-fast-reconnect");

  private final String id;

  LoadMethod(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  public static Optional<LoadMethod> of(String id) {
    return List.of(values()).stream().filter(method -> method.id.equals(id)).findFirst();
  }

  /**
   * The peer of one authentication; empty without EAP. Any certificate of a server will do.
   *
   * @param sessions the worker's, for the method that resumes them
   */
  Optional<EapPeer> peer(
      String user, String password, RandomSource random, TlsSessionCache sessions) {
    EapPeerMethod.MsChapV2 msChapV2 = new EapPeerMethod.MsChapV2(user, password);
    EapPeerConfig plain = new EapPeerConfig(user, List.of(msChapV2));
    return switch (this) {
      case PAP -> Optional.empty();
      case EAP_MSCHAPV2 -> Optional.of(new EapPeer(plain, random));
      case PEAP_EAP_MSCHAPV2 -> Optional.of(peap(plain, PeapOptions.DEFAULT, random));
      case PEAP_FAST_RECONNECT ->
          Optional.of(peap(plain, PeapOptions.DEFAULT.with(sessions), random));
    };
  }

  private static EapPeer peap(EapPeerConfig inner, PeapOptions options, RandomSource random) {
    EapPeerMethod peap =
        new EapPeerMethod.Peap(inner, (now, chain) -> new CertificateVerdict.Accepted(), options);
    return new EapPeer(new EapPeerConfig(inner.identity(), List.of(peap)), random);
  }
}
