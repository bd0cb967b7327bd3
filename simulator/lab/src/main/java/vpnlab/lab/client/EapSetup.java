package vpnlab.lab.client;

import java.util.List;
import java.util.Optional;
import vpnlab.lab.host.Machine;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerConfig;
import vpnlab.protocol.eap.EapPeerMethod;

/** The EAP peer that a profile asks for. */
final class EapSetup {
  private EapSetup() {}

  /** Empty when the profile authenticates without EAP. */
  static Optional<EapPeer> peer(Machine machine, DialRequest request) {
    return switch (request.authentication()) {
      case "eap-mschapv2" ->
          Optional.of(
              new EapPeer(
                  new EapPeerConfig(
                      request.user(),
                      List.of(new EapPeerMethod.MsChapV2(request.user(), request.password()))),
                  machine.random()));
      default -> Optional.empty();
    };
  }
}
