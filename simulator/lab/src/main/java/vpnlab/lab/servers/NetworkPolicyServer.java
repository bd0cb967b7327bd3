package vpnlab.lab.servers;

import java.net.BindException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.lab.directory.Directory;
import vpnlab.lab.directory.Directory.Restriction;
import vpnlab.lab.directory.DirectoryAccess;
import vpnlab.lab.directory.DirectoryAnswer;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.SystemEvents;
import vpnlab.lab.servers.NetworkPolicies.NetworkPolicy;
import vpnlab.lab.servers.NetworkPolicies.RequestPolicy;
import vpnlab.lab.spec.NpsSpec;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.protocol.eap.EapAuthenticatorConfig;
import vpnlab.protocol.eap.EapAuthenticatorFailure;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.protocol.eap.TlsSessionCache;
import vpnlab.protocol.radius.AddressRange;
import vpnlab.protocol.radius.EapConversations;
import vpnlab.protocol.radius.EapExchange;
import vpnlab.protocol.radius.MsChapGrant;
import vpnlab.protocol.radius.RadiusServer;
import vpnlab.protocol.radius.RadiusServerClient;
import vpnlab.protocol.radius.RadiusServerCommand;
import vpnlab.protocol.radius.RadiusServerConfig;
import vpnlab.protocol.radius.RadiusServerEvent;
import vpnlab.protocol.radius.RadiusService;
import vpnlab.protocol.radius.SharedSecret;
import vpnlab.protocol.radius.UserCredentials;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;

/**
 * The Network Policy Server: a RADIUS server for authentication and accounting. The first matching
 * connection request policy decides whether credentials are looked at, the first matching network
 * policy how a user may authenticate and what he is granted; events and the log say why.
 */
public final class NetworkPolicyServer {
  private static final Duration CONVERSATION_LIMIT = Duration.ofSeconds(60);
  private static final Duration ANSWER_MEMORY = Duration.ofSeconds(30);
  private static final int MOST_REQUESTS = 4096;

  /**
   * IAS_MALFORMED_REQUEST, IAS_DOMAIN_UNAVAILABLE, IAS_NO_POLICY_MATCH,
   * IAS_NO_CXN_REQ_POLICY_MATCH.
   */
  private static final int MALFORMED = 3;

  private static final int DOMAIN_UNAVAILABLE = 5;

  /** IAS_AUTH_FAILURE: the one that counts for the lockout. */
  private static final int AUTH_FAILURE = 16;

  private static final int NO_POLICY = 48;
  private static final int NO_REQUEST_POLICY = 49;

  private static final int NO_DIALIN_PERMISSION = 649;
  private static final DateTimeFormatter SERVICE_START =
      DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Machine machine;
  private final NpsReport report;
  private final NetworkPolicies policies;
  private final DirectoryAccess directory;
  private final RevocationCheck revocation;
  private final RemoteAccessLockout lockout;
  private final ClientCertificatePolicy certificates;
  private final EapConversations conversations;
  private final Map<EapAuthenticator, Conversation> begun = new WeakHashMap<>();
  private final String classPrefix;

  private final TlsSessionCache sessions = Accounts.sessions();

  private long lastSerial;
  private EndpointMount authentication;
  private EndpointMount accounting;

  /** What was settled when a conversation began: by which policies and against which accounts. */
  private record Conversation(NpsDecision decision, NetworkPolicy policy, Accounts accounts) {}

  private NetworkPolicyServer(
      Machine machine, NpsSpec spec, DirectoryAccess directory, NpsReport report) {
    this.machine = machine;
    this.report = report;
    this.policies = new NetworkPolicies(spec.connectionRequestPolicies(), spec.policies());
    this.directory = directory;
    this.revocation = new RevocationCheck(machine, spec.revocation());
    this.lockout = new RemoteAccessLockout(spec.accountLockout());
    this.certificates = new ClientCertificatePolicy(machine, revocation);
    this.conversations = new EapConversations(CONVERSATION_LIMIT, MOST_REQUESTS, machine.random());
    this.classPrefix =
        "311 1 "
            + machine.network().address().getHostAddress()
            + " "
            + SERVICE_START.format(machine.now())
            + " ";
  }

  /**
   * Starts the service, or only says in the event log that it is stopped, and is empty then.
   *
   * @param directory the way to it, which has been opened
   * @param domain of which NPS is a member
   * @param log takes the records of the accounting log, when one is configured
   */
  public static Optional<NetworkPolicyServer> start(
      Machine machine,
      NpsSpec spec,
      DirectoryAccess directory,
      String domain,
      Consumer<NpsLogLine> log)
      throws BindException {
    new SystemEvents(machine.log()).serviceState("IAS", spec.running());
    if (!spec.running()) {
      return Optional.empty();
    }
    List<RadiusServerClient> clients = new ArrayList<>();
    spec.clients()
        .forEach(
            (name, client) ->
                clients.add(
                    new RadiusServerClient(
                        name,
                        AddressRange.parse(client.address()),
                        SharedSecret.of(client.secret()),
                        client.requireMessageAuthenticator())));
    NpsReport report =
        new NpsReport(
            machine,
            domain,
            spec.audit(),
            spec.log().enabled() ? Optional.of(new NpsLog(machine, log)) : Optional.empty());
    NetworkPolicyServer server = new NetworkPolicyServer(machine, spec, directory, report);
    server.revocation.start();
    server.authentication =
        server.mount(RadiusService.AUTHENTICATION, clients, spec.authenticationPorts());
    server.accounting = server.mount(RadiusService.ACCOUNTING, clients, spec.accountingPorts());
    return Optional.of(server);
  }

  /** Ends the service: its ports are closed, and conversations that are under way are forgotten. */
  public void stop() {
    authentication.close();
    accounting.close();
    new SystemEvents(machine.log()).serviceState("IAS", false);
  }

  private EndpointMount mount(
      RadiusService service, List<RadiusServerClient> clients, List<Integer> ports)
      throws BindException {
    return EndpointMount.mount(
        machine.network(),
        new RadiusServer(
            new RadiusServerConfig(service, clients, ANSWER_MEMORY, MOST_REQUESTS, false),
            machine.random()),
        this::hear,
        ports.stream().mapToInt(Integer::intValue).toArray());
  }

  private void hear(ProtocolEvent event) {
    if (event instanceof RadiusServerEvent.RequestReceived received) {
      if (received.packet().code().equals(RadiusCode.ACCOUNTING_REQUEST)) {
        account(new AccessRequest(received, Optional.empty()));
      } else {
        request(received);
      }
    } else if (event instanceof RadiusServerEvent.RequestDropped dropped) {
      report.dropped(dropped);
    }
  }

  private void account(AccessRequest request) {
    NpsDecision decision =
        decision(request, request.text(RadiusAttributeType.CLASS), AuthenticationType.NONE);
    Optional<RequestPolicy> policy = policies.matchRequest(request, machine.now());
    if (policy.isEmpty()) {
      report.accountingDiscarded(
          request, decision.because(NO_REQUEST_POLICY, "No connection request policy matches."));
      accounting.command(new RadiusServerCommand.Discard(request.handle()));
      return;
    }
    report.received(request, decision.by(policy.get().name(), ""));
    reply(accounting, request, RadiusCode.ACCOUNTING_RESPONSE, List.of(), Optional.empty());
  }

  private void request(RadiusServerEvent.RequestReceived received) {
    AccessRequest request = new AccessRequest(received, Optional.empty());
    if (!request.isEap()) {
      try {
        request =
            new AccessRequest(
                received,
                Optional.of(UserCredentials.of(received.packet(), received.client().secret())));
      } catch (MalformedMessageException e) {
        NpsDecision decision = decision(request, "", AuthenticationType.NONE);
        report.discarded(request, decision.because(MALFORMED, e.getMessage()));
        discard(request);
        return;
      }
      begin(request);
      return;
    }
    Optional<EapAuthenticator> running = conversations.find(received.packet());
    if (running.isPresent()) {
      Conversation conversation = begun.get(running.get());
      report.received(request, conversation.decision());
      proceed(request, running.get(), conversation);
    } else if (received.packet().has(RadiusAttributeType.STATE)) {
      discard(request);
    } else {
      begin(request);
    }
  }

  /** Everything up to the first look into the directory. */
  private void begin(AccessRequest request) {
    String className = classPrefix + ++lastSerial;
    NpsDecision decision = decision(request, className, request.authenticationType());
    Optional<RequestPolicy> policy = policies.matchRequest(request, machine.now());
    if (policy.isEmpty()) {
      report.received(request, decision);
      refuse(
          request,
          decision,
          new Restriction(
              NO_REQUEST_POLICY, "No connection request policy matches.", NO_DIALIN_PERMISSION));
      return;
    }
    NpsDecision requested = decision.by(policy.get().name(), "");
    report.received(request, requested);
    if (lockout.freed(request.user(), machine.now())) {
      report.unlocked(request, requested);
    }
    if (!policy.get().spec().authenticates()) {
      accept(request, requested, GrantedAttributes.withoutPolicy(className), Optional.empty());
      return;
    }
    lookUp(
        request,
        requested,
        known ->
            begin(request, requested, new Accounts(machine, known, sessions, revocation, lockout)));
  }

  /**
   * Asks the directory for the user, or for everybody: an EAP method may say another name. Without
   * an answer nothing is answered here either, so that the client asks another RADIUS server.
   */
  private void lookUp(AccessRequest request, NpsDecision decision, Consumer<Directory> then) {
    directory.lookUp(
        request.isEap() ? DirectoryAccess.EVERYBODY : request.user(),
        answer -> {
          if (answer instanceof DirectoryAnswer.Found found) {
            then.accept(found.directory());
          } else if (answer instanceof DirectoryAnswer.Unavailable unavailable) {
            report.discarded(request, decision.because(DOMAIN_UNAVAILABLE, unavailable.why()));
            discard(request);
          }
        });
  }

  private void begin(AccessRequest request, NpsDecision decision, Accounts accounts) {
    Instant now = machine.now();
    PlainLogon logon = new PlainLogon(request, accounts, now);
    if (!request.isEap()) {
      Optional<Restriction> objection = logon.objection();
      if (objection.isPresent() && !objection.get().isDialIn()) {
        refuse(request, decision, objection.get());
        return;
      }
    }
    // The policy is chosen once, by who asks and from where, before EAP has proved anything.
    Optional<NetworkPolicy> match = policies.match(request, accounts.groups(request.user()), now);
    if (match.isEmpty()) {
      refuse(request, decision, noPolicy());
      return;
    }
    NetworkPolicy policy = match.get();
    NpsDecision chosen = decision.by(decision.requestPolicy(), policy.name());
    Optional<Restriction> objection =
        new PolicyObjections(policy, request, now)
            .first(accounts.dialIn(request.user()), accounts.callerId(request.user()));
    if (objection.isPresent()) {
      refuse(request, chosen, objection.get());
    } else if (request.isEap()) {
      Accounts judged = accounts.under(policy.spec());
      EapAuthenticator opened =
          new EapAuthenticator(
              new EapAuthenticatorConfig(judged.methods(policy.eapMethods(), policy.spec().peap())),
              machine.random());
      Conversation conversation = new Conversation(chosen, policy, judged);
      begun.put(opened, conversation);
      proceed(request, opened, conversation);
    } else {
      Optional<Restriction> denied =
          logon.objection().filter(each -> !policy.spec().ignoreDialIn());
      if (denied.isPresent()) {
        refuse(request, chosen, denied.get());
        return;
      }
      List<RadiusAttribute> attributes = GrantedAttributes.of(policy, decision.className());
      attributes.addAll(logon.proof(report.netbiosDomain()));
      accept(request, chosen, attributes, logon.keys());
    }
  }

  private void proceed(AccessRequest request, EapAuthenticator eap, Conversation conversation) {
    EapExchange exchange = conversations.handle(machine.now(), request.packet(), () -> eap);
    NpsDecision decision =
        conversation.decision().with(AuthenticationType.of(eap.methodType()), EapTypeNames.of(eap));
    if (exchange instanceof EapExchange.Challenge challenge) {
      report.challenged(request, challenge.attributes(), decision);
      reply(
          authentication,
          request,
          RadiusCode.ACCESS_CHALLENGE,
          challenge.attributes(),
          Optional.empty());
    } else if (exchange instanceof EapExchange.Accept accept) {
      Optional<Restriction> restriction =
          conversation
              .accounts()
              .afterSuccess(
                  accept.success(),
                  request.user(),
                  conversation.policy().spec().conditions().groups())
              .or(
                  () ->
                      certificates.objection(
                          accept.success().chain(),
                          conversation.policy().spec().allowedCertificateOids()));
      if (restriction.isPresent()) {
        refuse(request, decision, restriction.get(), accept.success().name());
        return;
      }
      List<RadiusAttribute> attributes = new ArrayList<>(accept.attributes());
      attributes.addAll(GrantedAttributes.of(conversation.policy(), decision.className()));
      accept(request, decision, attributes, Optional.of(accept.success().keys()));
    } else if (exchange instanceof EapExchange.Reject reject) {
      Restriction why = conversation.accounts().reason(reject.reason());
      deny(
          request,
          decision.because(why.reasonCode(), why.reason()),
          reject.attributes(),
          guessed(request, reject.reason()));
    } else {
      // RFC 3748 wants such a packet ignored; the peer will send the right one again.
      discard(request);
    }
  }

  /** Whose password was wrong: inside PEAP's tunnel the name may be another than User-Name. */
  private static String guessed(AccessRequest request, EapAuthenticatorFailure reason) {
    return reason instanceof EapAuthenticatorFailure.BadCredentials wrong
        ? wrong.name()
        : request.user();
  }

  private static Restriction noPolicy() {
    return new Restriction(NO_POLICY, "No network policy matches.", NO_DIALIN_PERMISSION);
  }

  private NpsDecision decision(AccessRequest request, String className, AuthenticationType type) {
    // NPS fills in the domain, whether there is such an account or not.
    String account = report.account(request.user());
    return new NpsDecision(className, "", "", type, "", account, 0, "");
  }

  private void accept(
      AccessRequest request,
      NpsDecision decision,
      List<RadiusAttribute> attributes,
      Optional<EapKeys> keys) {
    lockout.succeeded(request.user());
    report.granted(request, attributes, decision.because(0, "Access was granted."));
    reply(authentication, request, RadiusCode.ACCESS_ACCEPT, attributes, keys);
  }

  /** Refuses for a reason that EAP itself knows nothing of. */
  private void refuse(AccessRequest request, NpsDecision decision, Restriction why) {
    refuse(request, decision, why, request.user());
  }

  /**
   * @param account which the lockout holds it against
   */
  private void refuse(
      AccessRequest request, NpsDecision decision, Restriction why, String account) {
    List<RadiusAttribute> attributes =
        request
            .credentials()
            .map(credentials -> MsChapGrant.refusal(credentials, why.msChapError()))
            .orElseGet(
                () ->
                    EapConversations.rejection(
                            request.packet(), new EapAuthenticatorFailure.Aborted(why.reason()))
                        .attributes());
    deny(request, decision.because(why.reasonCode(), why.reason()), attributes, account);
  }

  private void deny(
      AccessRequest request,
      NpsDecision decision,
      List<RadiusAttribute> attributes,
      String account) {
    report.denied(request, attributes, decision);
    if (decision.reasonCode() == AUTH_FAILURE && lockout.failed(account, machine.now())) {
      report.locked(request, account, decision);
    }
    reply(authentication, request, RadiusCode.ACCESS_REJECT, attributes, Optional.empty());
  }

  private void discard(AccessRequest request) {
    authentication.command(new RadiusServerCommand.Discard(request.handle()));
  }

  private void reply(
      EndpointMount service,
      AccessRequest request,
      RadiusCode code,
      List<RadiusAttribute> attributes,
      Optional<EapKeys> keys) {
    machine.observer().message(machine.name(), request.clientAddress(), "RADIUS " + code);
    service.command(new RadiusServerCommand.Reply(request.handle(), code, attributes, keys));
  }
}
