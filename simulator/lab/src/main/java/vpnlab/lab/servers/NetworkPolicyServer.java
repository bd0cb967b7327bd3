package vpnlab.lab.servers;

import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.NpsEvents;
import vpnlab.lab.host.SystemEvents;
import vpnlab.lab.spec.NpsSpec;
import vpnlab.lab.spec.NpsSpec.PolicySpec;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.protocol.eap.EapAuthenticatorConfig;
import vpnlab.protocol.eap.EapAuthenticatorResult;
import vpnlab.protocol.radius.AddressRange;
import vpnlab.protocol.radius.RadiusServer;
import vpnlab.protocol.radius.RadiusServerClient;
import vpnlab.protocol.radius.RadiusServerCommand;
import vpnlab.protocol.radius.RadiusServerConfig;
import vpnlab.protocol.radius.RadiusServerEvent;
import vpnlab.protocol.radius.SharedSecret;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;

/**
 * The Network Policy Server: a RADIUS server that lets the first matching network policy decide by
 * which EAP methods a user may authenticate, asks the directory, and writes why it decided so.
 */
public final class NetworkPolicyServer {
  private static final Duration CONVERSATION_LIMIT = Duration.ofSeconds(60);
  private static final int MOST_CONVERSATIONS = 4096;

  private final Machine machine;
  private final NpsEvents events;
  private final NetworkPolicies policies;
  private final Directory directory;
  private final Accounts accounts;
  private final Map<Octets, Conversation> conversations = new HashMap<>();
  private EndpointMount mount;

  /** One EAP conversation, from its first Access-Request to the decision. */
  private record Conversation(
      EapAuthenticator eap, String policy, RadiusServerClient client, Instant begun) {}

  private NetworkPolicyServer(Machine machine, NpsSpec spec, Directory directory) {
    this.machine = machine;
    this.events = new NpsEvents(machine.log());
    this.policies = new NetworkPolicies(spec.policies());
    this.directory = directory;
    this.accounts = new Accounts(machine, directory);
  }

  /** Starts the service, or only says in the event log that it is stopped. */
  public static void start(Machine machine, NpsSpec spec, Directory directory)
      throws BindException {
    new SystemEvents(machine.log()).serviceState("IAS", spec.running());
    if (!spec.running()) {
      return;
    }
    List<RadiusServerClient> clients = new ArrayList<>();
    spec.clients()
        .forEach(
            (name, client) ->
                clients.add(
                    new RadiusServerClient(
                        name,
                        AddressRange.parse(client.address()),
                        SharedSecret.of(client.secret()))));
    NetworkPolicyServer server = new NetworkPolicyServer(machine, spec, directory);
    server.mount =
        EndpointMount.mount(
            machine.network(),
            new RadiusServer(new RadiusServerConfig(clients), machine.random()),
            server::hear,
            spec.port());
  }

  private void hear(ProtocolEvent event) {
    if (event instanceof RadiusServerEvent.RequestReceived received) {
      request(received);
    } else if (event instanceof RadiusServerEvent.RequestDropped dropped) {
      dropped(dropped);
    }
  }

  private void dropped(RadiusServerEvent.RequestDropped dropped) {
    String address = dropped.remote().getAddress().getHostAddress();
    switch (dropped.reason()) {
      case UNKNOWN_CLIENT -> events.unknownClient(address);
      case BAD_MESSAGE_AUTHENTICATOR, MISSING_MESSAGE_AUTHENTICATOR ->
          events.badAuthenticator(
              address, dropped.client().map(RadiusServerClient::name).orElse(""));
      default ->
          machine
              .observer()
              .note(
                  machine.name(),
                  "dropped a RADIUS datagram: " + dropped.reason() + " " + dropped.detail());
    }
  }

  private void request(RadiusServerEvent.RequestReceived received) {
    RadiusPacket packet = received.packet();
    Optional<Octets> eap = packet.eapMessage();
    Optional<Octets> state = packet.first(RadiusAttributeType.STATE);
    if (eap.isEmpty()) {
      deny(received, "", "", new Directory.Restriction(66, "Only EAP is allowed here.", 0));
      return;
    }
    if (state.isPresent()) {
      Conversation running = conversations.remove(state.get());
      if (running == null || !running.client().equals(received.client())) {
        mount.command(new RadiusServerCommand.Discard(received.handle()));
        return;
      }
      proceed(received, running, eap.get());
    } else {
      begin(received, eap.get());
    }
  }

  /** The policy is chosen once, by who asks and from where, before any credentials are seen. */
  private void begin(RadiusServerEvent.RequestReceived received, Octets eap) {
    String user = user(received.packet());
    Optional<List<String>> groups = directory.find(user).map(account -> account.groups());
    String portType = PortTypes.name(received.packet().first(RadiusAttributeType.NAS_PORT_TYPE));
    Optional<Map.Entry<String, PolicySpec>> match = policies.match(groups, portType);
    if (match.isEmpty()) {
      deny(received, "", "", new Directory.Restriction(48, "No network policy matches.", 0));
      return;
    }
    PolicySpec policy = match.get().getValue();
    if (!policy.grant()) {
      deny(
          received,
          match.get().getKey(),
          "",
          new Directory.Restriction(65, "The matching network policy denies access.", 0));
      return;
    }
    EapAuthenticator authenticator =
        new EapAuthenticator(
            new EapAuthenticatorConfig(accounts.methods(policy.methods())), machine.random());
    proceed(
        received,
        new Conversation(authenticator, match.get().getKey(), received.client(), machine.now()),
        eap);
  }

  private void proceed(
      RadiusServerEvent.RequestReceived received, Conversation conversation, Octets eap) {
    EapAuthenticatorResult result = conversation.eap().handle(machine.now(), eap);
    String method = conversation.eap().methodType().map(EapTypeNames::windowsName).orElse("");
    if (result instanceof EapAuthenticatorResult.Request request) {
      challenge(received, conversation, request.packet());
    } else if (result instanceof EapAuthenticatorResult.Success success) {
      Optional<Directory.Restriction> restriction =
          accounts.afterSuccess(success, user(received.packet()));
      if (restriction.isPresent()) {
        deny(received, conversation.policy(), method, restriction.get());
      } else {
        accept(received, conversation, method, success);
      }
    } else if (result instanceof EapAuthenticatorResult.Failure failure) {
      deny(
          received,
          conversation.policy(),
          method,
          accounts.reason(failure.reason()),
          failure.packet());
    } else {
      // RFC 3748 wants such a packet ignored; the peer will send the right one again.
      mount.command(new RadiusServerCommand.Discard(received.handle()));
      keep(conversation, received.packet().first(RadiusAttributeType.STATE).orElse(newState()));
    }
  }

  private void challenge(
      RadiusServerEvent.RequestReceived received, Conversation conversation, Octets eap) {
    Octets state = newState();
    keep(conversation, state);
    List<RadiusAttribute> attributes = new ArrayList<>(RadiusPacket.eapMessageAttributes(eap));
    attributes.add(new RadiusAttribute(RadiusAttributeType.STATE, state));
    reply(received, RadiusCode.ACCESS_CHALLENGE, attributes, Optional.empty());
  }

  private Octets newState() {
    return machine.random().octets(16);
  }

  private void keep(Conversation conversation, Octets state) {
    Instant oldest = machine.now().minus(CONVERSATION_LIMIT);
    conversations.values().removeIf(each -> each.begun().isBefore(oldest));
    if (conversations.size() < MOST_CONVERSATIONS) {
      conversations.put(state, conversation);
    }
  }

  private void accept(
      RadiusServerEvent.RequestReceived received,
      Conversation conversation,
      String method,
      EapAuthenticatorResult.Success success) {
    events.granted(decision(received, conversation.policy(), method, 0, "Access was granted."));
    List<RadiusAttribute> attributes =
        new ArrayList<>(RadiusPacket.eapMessageAttributes(success.packet()));
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.SERVICE_TYPE, 2));
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.FRAMED_PROTOCOL, 1));
    reply(received, RadiusCode.ACCESS_ACCEPT, attributes, Optional.of(success));
  }

  private void deny(
      RadiusServerEvent.RequestReceived received,
      String policy,
      String method,
      Directory.Restriction why) {
    int identifier =
        received.packet().eapMessage().map(eap -> eap.size() > 1 ? eap.at(1) : 0).orElse(0);
    deny(received, policy, method, why, EapPacket.failure(identifier).encode());
  }

  private void deny(
      RadiusServerEvent.RequestReceived received,
      String policy,
      String method,
      Directory.Restriction why,
      Octets eap) {
    events.denied(decision(received, policy, method, why.reasonCode(), why.reason()));
    List<RadiusAttribute> attributes =
        received.packet().eapMessage().isPresent()
            ? RadiusPacket.eapMessageAttributes(eap)
            : List.of();
    reply(received, RadiusCode.ACCESS_REJECT, attributes, Optional.empty());
  }

  private void reply(
      RadiusServerEvent.RequestReceived received,
      RadiusCode code,
      List<RadiusAttribute> attributes,
      Optional<EapAuthenticatorResult.Success> success) {
    InetAddress to = received.remote().getAddress();
    machine.observer().message(machine.name(), to, "RADIUS " + code);
    mount.command(
        new RadiusServerCommand.Reply(
            received.handle(),
            code,
            attributes,
            success.map(EapAuthenticatorResult.Success::keys)));
  }

  private NpsEvents.Decision decision(
      RadiusServerEvent.RequestReceived received,
      String policy,
      String method,
      int reasonCode,
      String reason) {
    RadiusPacket packet = received.packet();
    return new NpsEvents.Decision(
        user(packet),
        received.client().name(),
        received.remote().getAddress().getHostAddress(),
        packet.first(RadiusAttributeType.NAS_IP_ADDRESS).map(PortTypes::address).orElse("-"),
        "Use Windows authentication for all users",
        policy.isEmpty() ? "-" : policy,
        method.isEmpty() ? "-" : method,
        reasonCode,
        reason);
  }

  private static String user(RadiusPacket packet) {
    return packet.text(RadiusAttributeType.USER_NAME).orElse("");
  }
}
