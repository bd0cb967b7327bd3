package vpnlab.lab.servers;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.lab.host.Machine;
import vpnlab.lab.spec.RrasSpec;
import vpnlab.lab.spec.RrasSpec.RadiusServerSpec;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.protocol.radius.RadiusClient;
import vpnlab.protocol.radius.RadiusClientCommand;
import vpnlab.protocol.radius.RadiusClientConfig;
import vpnlab.protocol.radius.RadiusClientEvent;
import vpnlab.protocol.radius.RadiusServerAddress;
import vpnlab.protocol.radius.RetransmissionPolicy;
import vpnlab.protocol.radius.SharedSecret;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapNak;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapType;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusPacket;

/** Carries EAP between VPN clients and RADIUS servers without looking into methods (RFC 3579). */
final class RadiusProxy implements AuthenticationProvider {
  private static final int AUTHENTICATION_FAILURE = 691;
  private static final int SERVER_POLICY = 812;
  private static final int AUTH_SERVER_TIMEOUT = 930;

  private static final class Conversation {
    final IkeSaId sa;
    final InetSocketAddress remote;
    String user = "";
    Octets state = Octets.EMPTY;
    Optional<InetSocketAddress> server = Optional.empty();
    int lastIdentifier;
    boolean methodAgreed;

    Conversation(IkeSaId sa, InetSocketAddress remote) {
      this.sa = sa;
      this.remote = remote;
    }
  }

  private final Machine machine;
  private final Listener listener;
  private final EndpointMount mount;
  private final InetAddress local;
  private final InetAddress server;
  private final Map<IkeSaId, Conversation> conversations = new HashMap<>();

  RadiusProxy(Machine machine, RrasSpec spec, Listener listener) throws BindException {
    this.machine = machine;
    this.listener = listener;
    List<RadiusServerAddress> servers = new ArrayList<>();
    Duration timeout = Duration.ofSeconds(5);
    int retries = 2;
    for (RadiusServerSpec server : spec.radius().values()) {
      servers.add(
          new RadiusServerAddress(
              new InetSocketAddress(
                  Ipv4Address.parse(server.address()).toInetAddress(), server.port()),
              SharedSecret.of(server.secret())));
      timeout = server.timeout();
      retries = server.retries();
    }
    server = servers.get(0).address().getAddress();
    local = machine.network().sourceFor(server);
    RetransmissionPolicy policy = new RetransmissionPolicy(timeout, retries);
    mount =
        EndpointMount.mount(
            machine.network(),
            locals -> new RadiusClient(config(locals, servers, policy), machine.random()),
            this::hear,
            0);
  }

  /**
   * RADIUS clients are known by their address, so requests leave from the one nearest the server.
   */
  private RadiusClientConfig config(
      List<InetSocketAddress> bound,
      List<RadiusServerAddress> servers,
      RetransmissionPolicy policy) {
    List<InetSocketAddress> locals =
        bound.stream().map(each -> new InetSocketAddress(local, each.getPort())).toList();
    // Message-Authenticator is demanded wherever there is EAP, which is all that RRAS sends.
    return new RadiusClientConfig(locals, servers, policy, false);
  }

  @Override
  public Octets begin(IkeSaId sa, InetSocketAddress remote) {
    conversations.put(sa, new Conversation(sa, remote));
    return EapPacket.identityRequest(0).encode();
  }

  @Override
  public void forget(IkeSaId sa) {
    if (conversations.remove(sa) != null) {
      mount.command(new RadiusClientCommand.Cancel(sa.number()));
    }
  }

  /** Sends an EAP response of a client to the RADIUS server. */
  @Override
  public void forward(IkeSaId sa, Octets packet) {
    Conversation conversation = conversations.get(sa);
    if (conversation == null) {
      return;
    }
    EapPacket eap;
    try {
      eap = EapPacket.decode(packet);
    } catch (MalformedMessageException e) {
      machine.observer().note(machine.name(), "dropped an EAP message: " + e.getMessage());
      return;
    }
    conversation.lastIdentifier = eap.identifier();
    if (eap.isOfType(EapType.IDENTITY)) {
      if (eap.data().size() > RadiusAttribute.MAX_VALUE) {
        machine.observer().note(machine.name(), "an EAP identity is too long for RADIUS");
        refuse(sa.number(), Optional.empty());
        return;
      }
      conversation.user = eap.text();
    } else if (!EapNak.isNak(eap)) {
      conversation.methodAgreed = true;
    }
    machine
        .observer()
        .message(
            machine.name(),
            server,
            "RADIUS Access-Request " + eap.type().map(Object::toString).orElse(""));
    mount.command(
        new RadiusClientCommand.SendAccessRequest(sa.number(), attributes(conversation, packet)));
  }

  private List<RadiusAttribute> attributes(Conversation conversation, Octets eap) {
    List<RadiusAttribute> attributes =
        NasAttributes.of(
            machine,
            local,
            conversation.user,
            conversation.remote,
            RemoteSession.portOf(conversation.sa));
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.FRAMED_MTU, 1344));
    attributes.add(
        RadiusAttribute.text(
            RadiusAttributeType.ACCT_SESSION_ID, Long.toString(conversation.sa.number())));
    attributes.addAll(RadiusPacket.eapMessageAttributes(eap));
    if (!conversation.state.isEmpty()) {
      attributes.add(new RadiusAttribute(RadiusAttributeType.STATE, conversation.state));
    }
    return attributes;
  }

  private void hear(ProtocolEvent event) {
    if (event instanceof RadiusClientEvent.Challenged challenged) {
      Conversation conversation = conversations.get(new IkeSaId(challenged.handle()));
      if (conversation != null && challenged.eap().isPresent()) {
        conversation.state = challenged.state().orElse(Octets.EMPTY);
        // State means something to the server that gave it, and to no other.
        conversation.server = Optional.of(challenged.server());
        listener.request(new IkeSaId(challenged.handle()), challenged.eap().get());
      }
    } else if (event instanceof RadiusClientEvent.Accepted accepted) {
      end(accepted.handle())
          .ifPresent(
              conversation ->
                  listener.accepted(
                      new IkeSaId(accepted.handle()),
                      new Acceptance(
                          conversation.user,
                          eapOr(accepted.packet(), EapPacket.success(conversation.lastIdentifier)),
                          accepted.keys().map(keys -> keys.msk()).orElse(Octets.EMPTY),
                          accepted.packet().attributes())));
    } else if (event instanceof RadiusClientEvent.Rejected rejected) {
      refuse(rejected.handle(), Optional.of(rejected.packet()));
    } else if (event instanceof RadiusClientEvent.TimedOut timedOut) {
      refuse(timedOut.handle(), Optional.empty());
    } else if (event instanceof RadiusClientEvent.NotSent unsent) {
      refuse(unsent.handle(), Optional.empty());
    } else if (event instanceof RadiusClientEvent.ResponseDropped dropped) {
      machine
          .observer()
          .note(
              machine.name(),
              "dropped a RADIUS answer: " + dropped.reason() + " " + dropped.detail());
    } else if (event instanceof RadiusClientEvent.ServerSilent silent) {
      machine
          .observer()
          .note(
              machine.name(),
              "the RADIUS server " + silent.server().getAddress().getHostAddress() + " is silent");
    }
  }

  /** {@code answer} is empty when no server answered. */
  private void refuse(long handle, Optional<RadiusPacket> answer) {
    Optional<Conversation> ended = end(handle);
    if (ended.isEmpty()) {
      return;
    }
    Conversation conversation = ended.get();
    Octets failure = EapPacket.failure(conversation.lastIdentifier).encode();
    Refusal refusal;
    if (answer.isEmpty()) {
      refusal = new Refusal(AUTH_SERVER_TIMEOUT, "No RADIUS server has answered.", false);
    } else if (conversation.methodAgreed) {
      refusal =
          new Refusal(AUTHENTICATION_FAILURE, "The RADIUS server does not accept the user.", false);
    } else {
      refusal =
          new Refusal(
              SERVER_POLICY,
              "The RADIUS server's policy does not allow the connection or its authentication"
                  + " method.",
              true);
    }
    listener.rejected(
        new IkeSaId(handle),
        conversation.user,
        answer
            .map(packet -> eapOr(packet, EapPacket.failure(conversation.lastIdentifier)))
            .orElse(failure),
        refusal);
  }

  private Optional<Conversation> end(long handle) {
    return Optional.ofNullable(conversations.remove(new IkeSaId(handle)));
  }

  private static Octets eapOr(RadiusPacket packet, EapPacket otherwise) {
    return packet.eapMessage().filter(eap -> !eap.isEmpty()).orElseGet(otherwise::encode);
  }
}
