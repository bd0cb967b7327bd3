package vpnlab.lab.servers;

import java.net.InetSocketAddress;
import java.util.OptionalInt;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;

/** RADIUS as the provider without any RADIUS server: whoever says a name is refused. */
final class NoAuthenticationServer implements AuthenticationProvider {
  /** ERROR_NO_AUTH_SERVER (mprerror.h). */
  static final int NO_AUTH_SERVERS = 938;

  private static final int AUTHENTICATION_FAILURE = 691;

  private final Listener listener;

  NoAuthenticationServer(Listener listener) {
    this.listener = listener;
  }

  @Override
  public Octets begin(IkeSaId sa, InetSocketAddress remote) {
    return EapPacket.identityRequest(0).encode();
  }

  @Override
  public void forward(IkeSaId sa, Octets eap) {
    int identifier = eap.size() > 1 ? eap.at(1) : 0;
    listener.rejected(
        sa,
        WindowsAuthentication.identity(eap),
        EapPacket.failure(identifier).encode(),
        new Refusal(
            NO_AUTH_SERVERS,
            "There is no server to authenticate users.",
            false,
            OptionalInt.of(AUTHENTICATION_FAILURE)));
  }

  @Override
  public void forget(IkeSaId sa) {}
}
