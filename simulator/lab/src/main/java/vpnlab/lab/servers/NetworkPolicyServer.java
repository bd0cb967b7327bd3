package vpnlab.lab.servers;

import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import vpnlab.lab.directory.Account;
import vpnlab.lab.directory.Directory;
import vpnlab.lab.directory.DirectoryAccess;
import vpnlab.lab.directory.DirectoryAnswer;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.NpsEvents;
import vpnlab.lab.host.SystemEvents;
import vpnlab.lab.spec.NpsSpec;
import vpnlab.lab.spec.NpsSpec.PolicySpec;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.protocol.eap.EapAuthenticatorConfig;
import vpnlab.protocol.eap.EapAuthenticatorFailure;
import vpnlab.protocol.eap.TlsSessionCache;
import vpnlab.protocol.radius.AddressRange;
import vpnlab.protocol.radius.EapConversations;
import vpnlab.protocol.radius.EapExchange;
import vpnlab.protocol.radius.RadiusServer;
import vpnlab.protocol.radius.RadiusServerClient;
import vpnlab.protocol.radius.RadiusServerCommand;
import vpnlab.protocol.radius.RadiusServerConfig;
import vpnlab.protocol.radius.RadiusServerEvent;
import vpnlab.protocol.radius.SharedSecret;
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

  /** IAS_DOMAIN_UNAVAILABLE. */
  private static final int DOMAIN_UNAVAILABLE = 5;

  /** Service-Type Framed, Framed-Protocol PPP. */
  private static final List<RadiusAttribute> GRANTED =
      List.of(
          RadiusAttribute.integer(RadiusAttributeType.SERVICE_TYPE, 2),
          RadiusAttribute.integer(RadiusAttributeType.FRAMED_PROTOCOL, 1));

  private final Machine machine;
  private final NpsEvents events;
  private final NetworkPolicies policies;
  private final DirectoryAccess directory;
  private final TlsSessionCache sessions = Accounts.sessions();
  private final EapConversations conversations;
  private final Map<EapAuthenticator, Conversation> begun = new WeakHashMap<>();
  private EndpointMount mount;

  /** What was settled when a conversation began: by which policy and against which accounts. */
  private record Conversation(String policy, Accounts accounts) {}

  private NetworkPolicyServer(Machine machine, NpsSpec spec, DirectoryAccess directory) {
    this.machine = machine;
    this.events = new NpsEvents(machine.log());
    this.policies = new NetworkPolicies(spec.policies());
    this.directory = directory;
    this.conversations =
        new EapConversations(CONVERSATION_LIMIT, MOST_CONVERSATIONS, machine.random());
  }

  /** Starts the service, or only says in the event log that it is stopped. */
  public static void start(Machine machine, NpsSpec spec, DirectoryAccess directory)
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
    if (received.packet().eapMessage().isEmpty()) {
      refuse(
          received,
          "",
          EapTypeNames.NONE,
          new Directory.Restriction(66, "Only EAP is allowed here.", 0));
      return;
    }
    Optional<EapAuthenticator> running = conversations.find(received.packet());
    if (running.isEmpty() && received.packet().has(RadiusAttributeType.STATE)) {
      mount.command(new RadiusServerCommand.Discard(received.handle()));
      return;
    }
    if (running.isEmpty()) {
      begin(received);
    } else {
      proceed(received, running.get());
    }
  }

  /** Asks the directory for everybody: an EAP method may say another name than User-Name. */
  private void begin(RadiusServerEvent.RequestReceived received) {
    directory.lookUp(
        DirectoryAccess.EVERYBODY,
        answer -> {
          if (answer instanceof DirectoryAnswer.Found found) {
            begin(received, found.directory());
          } else if (answer instanceof DirectoryAnswer.Unavailable unavailable) {
            // Another RADIUS server may reach a domain controller: no answer makes the client ask.
            events.discarded(
                decision(received, "", EapTypeNames.NONE, DOMAIN_UNAVAILABLE, unavailable.why()));
            mount.command(new RadiusServerCommand.Discard(received.handle()));
          }
        });
  }

  /** The policy is chosen once, by who asks and from where, before any credentials are seen. */
  private void begin(RadiusServerEvent.RequestReceived received, Directory known) {
    String user = user(received.packet());
    Optional<List<String>> groups = known.find(user).map(Account::groups);
    String portType = PortTypes.name(received.packet().first(RadiusAttributeType.NAS_PORT_TYPE));
    Optional<Map.Entry<String, PolicySpec>> match = policies.match(groups, portType);
    if (match.isEmpty()) {
      refuse(
          received,
          "",
          EapTypeNames.NONE,
          new Directory.Restriction(48, "No network policy matches.", 0));
      return;
    }
    PolicySpec policy = match.get().getValue();
    if (!policy.grant()) {
      refuse(
          received,
          match.get().getKey(),
          EapTypeNames.NONE,
          new Directory.Restriction(65, "The matching network policy denies access.", 0));
      return;
    }
    Accounts accounts = new Accounts(machine, known, sessions);
    EapAuthenticator opened =
        new EapAuthenticator(
            new EapAuthenticatorConfig(accounts.methods(policy.methods(), policy.peap())),
            machine.random());
    begun.put(opened, new Conversation(match.get().getKey(), accounts));
    proceed(received, opened);
  }

  private void proceed(RadiusServerEvent.RequestReceived received, EapAuthenticator eap) {
    EapExchange exchange = conversations.handle(machine.now(), received.packet(), () -> eap);
    Conversation conversation = begun.get(eap);
    String policy = conversation.policy();
    Accounts accounts = conversation.accounts();
    EapTypeNames method = EapTypeNames.of(eap);
    if (exchange instanceof EapExchange.Challenge challenge) {
      reply(received, challenge.reply(received.handle()));
    } else if (exchange instanceof EapExchange.Accept accept) {
      Optional<Directory.Restriction> restriction =
          accounts.afterSuccess(
              accept.success(), user(received.packet()), policies.groupsOf(policy));
      if (restriction.isPresent()) {
        refuse(received, policy, method, restriction.get());
      } else {
        events.granted(decision(received, policy, method, 0, "Access was granted."));
        reply(received, accept.reply(received.handle(), GRANTED));
      }
    } else if (exchange instanceof EapExchange.Reject reject) {
      Directory.Restriction why = accounts.reason(reject.reason());
      events.denied(decision(received, policy, method, why.reasonCode(), why.reason()));
      reply(received, reject.reply(received.handle()));
    } else {
      // RFC 3748 wants such a packet ignored; the peer will send the right one again.
      mount.command(new RadiusServerCommand.Discard(received.handle()));
    }
  }

  /** Ends a conversation for a reason that EAP itself knows nothing of. */
  private void refuse(
      RadiusServerEvent.RequestReceived received,
      String policy,
      EapTypeNames method,
      Directory.Restriction why) {
    events.denied(decision(received, policy, method, why.reasonCode(), why.reason()));
    EapExchange.Reject reject =
        EapConversations.rejection(
            received.packet(), new EapAuthenticatorFailure.Aborted(why.reason()));
    reply(
        received,
        received.packet().eapMessage().isPresent()
            ? reject.reply(received.handle())
            : new RadiusServerCommand.Reply(
                received.handle(), RadiusCode.ACCESS_REJECT, List.of(), Optional.empty()));
  }

  private void reply(RadiusServerEvent.RequestReceived received, RadiusServerCommand.Reply reply) {
    machine
        .observer()
        .message(machine.name(), received.remote().getAddress(), "RADIUS " + reply.code());
    mount.command(reply);
  }

  private NpsEvents.Decision decision(
      RadiusServerEvent.RequestReceived received,
      String policy,
      EapTypeNames method,
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
        method.authenticationType(),
        method.eapType().isEmpty() ? "-" : method.eapType(),
        reasonCode,
        reason);
  }

  private static String user(RadiusPacket packet) {
    return packet.text(RadiusAttributeType.USER_NAME).orElse("");
  }
}
