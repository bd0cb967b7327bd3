package vpnlab.runner.load;

import java.util.List;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.CertificateVerdict;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerConfig;
import vpnlab.protocol.eap.EapPeerMethod;

/** How the users of a load test authenticate. */
public enum LoadMethod {
  PAP("pap"),
  EAP_MSCHAPV2("eap-mschapv2"),
  /** A whole TLS handshake each time; sessions are not resumed. */
  PEAP_EAP_MSCHAPV2("peap-eap-mschapv2");

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

  /** The peer of one authentication; empty without EAP. Any certificate of a server will do. */
  Optional<EapPeer> peer(String user, String password, RandomSource random) {
    EapPeerMethod.MsChapV2 msChapV2 = new EapPeerMethod.MsChapV2(user, password);
    EapPeerConfig plain = new EapPeerConfig(user, List.of(msChapV2));
    return switch (this) {
      case PAP -> Optional.empty();
      case EAP_MSCHAPV2 -> Optional.of(new EapPeer(plain, random));
      case PEAP_EAP_MSCHAPV2 -> {
        EapPeerMethod peap =
            new EapPeerMethod.Peap(plain, (now, chain) -> new CertificateVerdict.Accepted());
        yield Optional.of(new EapPeer(new EapPeerConfig(user, List.of(peap)), random));
      }
    };
  }
}
