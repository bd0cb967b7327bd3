package vpnlab.lab.servers;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import vpnlab.lab.directory.Directory;
import vpnlab.lab.directory.DirectoryAccess;
import vpnlab.lab.directory.DirectoryAnswer;
import vpnlab.lab.host.Machine;
import vpnlab.lab.spec.PeapSpec;
import vpnlab.lab.spec.RevocationSpec;
import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.protocol.eap.EapAuthenticatorConfig;
import vpnlab.protocol.eap.EapAuthenticatorFailure;
import vpnlab.protocol.eap.EapAuthenticatorResult;
import vpnlab.protocol.eap.PeapOptions;
import vpnlab.protocol.eap.TlsSessionCache;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapType;

/**
 * Windows authentication: RRAS itself is the EAP authenticator, and asks the directory as the
 * computer that it is. Nothing goes to a RADIUS server.
 */
final class WindowsAuthentication implements AuthenticationProvider {
  private static final int ACCESS_DENIED = 5;
  private static final int AUTHENTICATION_FAILURE = 691;
  private static final int SERVER_POLICY = 812;

  /** ERROR_NO_LOGON_SERVERS. */
  private static final int NO_LOGON_SERVERS = 1311;

  /** NPS's reasons that have no RAS error of their own. */
  private static final int MAY_NOT_READ = 2;

  private static final int NO_COMMON_METHOD = 22;

  private static final PeapSpec PEAP = new PeapSpec(PeapOptions.Cryptobinding.SUPPORTED, true);

  private static final class Conversation {
    String user = "";
    Optional<Accounts> accounts = Optional.empty();
    Optional<EapAuthenticator> eap = Optional.empty();
    boolean asked;
  }

  private final Machine machine;
  private final List<String> methods;
  private final DirectoryAccess directory;
  private final Listener listener;
  private final TlsSessionCache sessions = Accounts.sessions();
  private final RevocationCheck revocation;
  private final Map<IkeSaId, Conversation> conversations = new HashMap<>();

  WindowsAuthentication(
      Machine machine, List<String> methods, DirectoryAccess directory, Listener listener) {
    this.machine = machine;
    this.methods = methods;
    this.directory = directory;
    this.listener = listener;
    this.revocation = new RevocationCheck(machine, RevocationSpec.NO_CHECK);
  }

  @Override
  public Octets begin(IkeSaId sa, InetSocketAddress remote) {
    conversations.put(sa, new Conversation());
    return EapPacket.identityRequest(0).encode();
  }

  @Override
  public void forget(IkeSaId sa) {
    conversations.remove(sa);
  }

  @Override
  public void forward(IkeSaId sa, Octets packet) {
    Conversation conversation = conversations.get(sa);
    if (conversation == null) {
      return;
    }
    if (conversation.eap.isPresent()) {
      proceed(sa, conversation, packet);
    } else if (!conversation.asked) {
      conversation.asked = true;
      conversation.user = identity(packet);
      directory.lookUp(
          DirectoryAccess.EVERYBODY,
          answer -> {
            if (conversations.get(sa) == conversation) {
              answered(sa, conversation, packet, answer);
            }
          });
    }
  }

  /** What an Identity Response says; empty for anything else. */
  static String identity(Octets packet) {
    try {
      EapPacket eap = EapPacket.decode(packet);
      return eap.isOfType(EapType.IDENTITY) ? eap.text() : "";
    } catch (MalformedMessageException e) {
      return "";
    }
  }

  private void answered(
      IkeSaId sa, Conversation conversation, Octets packet, DirectoryAnswer answer) {
    if (answer instanceof DirectoryAnswer.Unavailable unavailable) {
      refuse(
          sa,
          conversation,
          EapPacket.failure(packet.at(1)).encode(),
          new Refusal(
              NO_LOGON_SERVERS, unavailable.why(), false, OptionalInt.of(AUTHENTICATION_FAILURE)));
      return;
    }
    Accounts accounts =
        new Accounts(
            machine,
            ((DirectoryAnswer.Found) answer).directory(),
            sessions,
            revocation,
            RemoteAccessLockout.off());
    conversation.accounts = Optional.of(accounts);
    conversation.eap =
        Optional.of(
            new EapAuthenticator(
                new EapAuthenticatorConfig(accounts.methods(methods, PEAP)), machine.random()));
    proceed(sa, conversation, packet);
  }

  private void proceed(IkeSaId sa, Conversation conversation, Octets packet) {
    Accounts accounts = conversation.accounts.orElseThrow();
    EapAuthenticatorResult result = conversation.eap.orElseThrow().handle(machine.now(), packet);
    if (result instanceof EapAuthenticatorResult.Request request) {
      listener.request(sa, request.packet());
    } else if (result instanceof EapAuthenticatorResult.Success success) {
      Optional<Directory.Restriction> restriction =
          accounts.afterSuccess(success, conversation.user, List.of());
      if (restriction.isPresent()) {
        Octets failure = EapPacket.failure(packet.at(1)).encode();
        refuse(sa, conversation, failure, refusal(restriction.get(), false, true));
      } else {
        conversations.remove(sa);
        listener.accepted(
            sa,
            new Acceptance(conversation.user, success.packet(), success.keys().msk(), List.of()));
      }
    } else if (result instanceof EapAuthenticatorResult.Failure failure) {
      boolean negotiating =
          failure.reason() instanceof EapAuthenticatorFailure.MethodRejectedByPeer;
      refuse(
          sa,
          conversation,
          failure.packet(),
          refusal(accounts.reason(failure.reason()), negotiating, false));
    }
  }

  /**
   * RRAS logs what the client will see; only what is wrong between it and the directory, which no
   * client is told, has another code.
   *
   * @param tell whether EAP itself has not told the client
   */
  private static Refusal refusal(Directory.Restriction why, boolean negotiating, boolean tell) {
    int shown = why.msChapError() == 0 ? SERVER_POLICY : why.msChapError();
    int logged = why.reasonCode() == MAY_NOT_READ ? ACCESS_DENIED : shown;
    return new Refusal(
        logged,
        why.reason(),
        negotiating || why.reasonCode() == NO_COMMON_METHOD,
        tell ? OptionalInt.of(shown) : OptionalInt.empty());
  }

  private void refuse(IkeSaId sa, Conversation conversation, Octets eap, Refusal refusal) {
    conversations.remove(sa);
    listener.rejected(sa, conversation.user, eap, refusal);
  }
}
