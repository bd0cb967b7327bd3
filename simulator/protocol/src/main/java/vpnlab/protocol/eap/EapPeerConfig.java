package vpnlab.protocol.eap;

import java.util.List;

/**
 * What a peer brings into an EAP conversation.
 *
 * @param identity the answer to an Identity Request
 * @param methods in the peer's order of preference
 */
public record EapPeerConfig(String identity, List<EapPeerMethod> methods) {
  public EapPeerConfig {
    methods = List.copyOf(methods);
  }
}
