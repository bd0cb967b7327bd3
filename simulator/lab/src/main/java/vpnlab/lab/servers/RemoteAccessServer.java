package vpnlab.lab.servers;

import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import vpnlab.lab.directory.DirectoryAccess;
import vpnlab.lab.host.IkeEvents;
import vpnlab.lab.host.IkeFailureText;
import vpnlab.lab.host.IkeTrace;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.PeerCertificates;
import vpnlab.lab.host.RemoteAccessEvents;
import vpnlab.lab.host.StoredKey;
import vpnlab.lab.host.SystemEvents;
import vpnlab.lab.spec.RrasSpec;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.ike.CertificateAuthorities;
import vpnlab.protocol.ike.IkeCommand;
import vpnlab.protocol.ike.IkeEvent;
import vpnlab.protocol.ike.IkeFailure;
import vpnlab.protocol.ike.IkeProposals;
import vpnlab.protocol.ike.IkeResponder;
import vpnlab.protocol.ike.IkeResponderConfig;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.protocol.ike.OwnCertificate;
import vpnlab.protocol.ike.PeerVerifier;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.ChainPolicy;
import vpnlab.protocol.x509.ServerCertificateSelection;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Identity;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.radius.AcctTerminateCause;

/**
 * The Routing and Remote Access service with IKEv2: certificate by the documented order of choice,
 * EAP passed through to RADIUS, addresses from a static pool or DHCP, and the events that it
 * writes.
 */
public final class RemoteAccessServer {
  private static final int IKE_AUTH_FAIL = 13801;
  private static final int IKE_PORT = 500;
  private static final int NAT_PORT = 4500;

  private final Machine machine;
  private final RrasSpec spec;
  private final RemoteAccessEvents events;
  private final IkeEvents audit;
  private final AddressSource addresses;
  private final AuthenticationProvider provider;
  private final List<SessionObserver> observers = new ArrayList<>();
  private final Map<IkeSaId, RemoteSession> sessions = new HashMap<>();
  private final Set<IkeSaId> established = new HashSet<>();
  private EndpointMount ike;
  private LivenessWatch watch;

  private RemoteAccessServer(Machine machine, RrasSpec spec, Supplier<DirectoryAccess> directory)
      throws BindException {
    this.machine = machine;
    this.spec = spec;
    this.events = new RemoteAccessEvents(machine.log());
    this.audit = new IkeEvents(machine.log(), false);
    this.addresses = addressSource();
    this.provider = provider(directory);
  }

  private AuthenticationProvider provider(Supplier<DirectoryAccess> directory)
      throws BindException {
    if (spec.provider() != RrasSpec.Provider.RADIUS) {
      return new WindowsAuthentication(
          machine, spec.eapMethods(), directory.get(), new FromProvider());
    } else if (spec.radius().isEmpty()) {
      events.providerFailed(NoAuthenticationServer.NO_AUTH_SERVERS);
      return new NoAuthenticationServer(new FromProvider());
    }
    return new RadiusProxy(machine, spec, new FromProvider());
  }

  /**
   * Starts the service, or only says in the event log that it is stopped.
   *
   * @param directory the way to the domain, which is opened when RRAS itself decides about users
   */
  public static void start(Machine machine, RrasSpec spec, Supplier<DirectoryAccess> directory)
      throws BindException {
    new SystemEvents(machine.log()).serviceState("RemoteAccess", spec.running());
    if (spec.running()) {
      RemoteAccessServer server = new RemoteAccessServer(machine, spec, directory);
      server.ike =
          EndpointMount.mount(
              machine.network(),
              new IkeResponder(server.config(), machine.random()),
              server::hear,
              IKE_PORT,
              NAT_PORT);
      RemoteAccounting.of(machine, List.copyOf(spec.radius().values()))
          .ifPresent(server.observers::add);
      server.observers.add(new SessionLimits(machine, server::disconnect));
      server.watch = new LivenessWatch(machine, server.ike::command);
      server.observers.add(server.watch);
      server.observers.add(
          new RemoteDataPath(machine, server.ike, server.intranetAddress(), spec.lanAccess()));
    }
  }

  private AddressSource addressSource() throws BindException {
    return spec.pool().dhcp().isEmpty()
        ? AddressPool.of(spec.pool().range())
        : DhcpAddressSource.start(
            machine,
            spec.pool().dhcp().get(),
            events,
            sa -> ike.command(new IkeCommand.Delete(sa)));
  }

  /** The address that faces the intranet, where the servers are that RRAS asks. */
  private InetAddress intranetAddress() {
    List<InetAddress> own = machine.network().addresses();
    return spec.radius().values().stream()
        .findFirst()
        .map(server -> vpnlab.wire.ip.Ipv4Address.parse(server.address()).toInetAddress())
        .map(machine.network()::sourceFor)
        .orElse(own.get(own.size() - 1));
  }

  private IkeResponderConfig config() {
    var selection =
        ServerCertificateSelection.select(
            machine.stores().withKey("machine-my"), StoredKey::certificate);
    Optional<StoredKey> own = selection.toServe();
    OwnCertificate certificate =
        own.<OwnCertificate>map(
                entry ->
                    new OwnCertificate.Present(
                        entry.chain().stream()
                            .limit(spec.sendChain() ? Integer.MAX_VALUE : 1)
                            .map(CertificateFields::der)
                            .toList(),
                        entry.key().orElseThrow()))
            .orElseGet(
                () ->
                    new OwnCertificate.Absent(ServerCertificateSelection.ERROR_IPSEC_IKE_NO_CERT));
    IkeResponderConfig.Builder config =
        IkeResponderConfig.builder(
                own.map(entry -> ServerIdentity.of(entry.certificate()))
                    .orElseGet(() -> Identity.address(machine.network().address())))
            .certificate(certificate)
            .fragmentation(spec.fragmentation())
            .mobility(spec.mobike())
            .outageLimit(spec.networkOutageTime())
            .acceptsEap(accepts("eap"))
            .ikeProposals(proposals());
    if (accepts("machine-certificate")) {
      config
          .clientVerifier(this::judgeClient)
          .authorities(
              machine.stores().certificates("machine-root").stream()
                  .map(root -> CertificateAuthorities.keyHash(root.getPublicKey()))
                  .toList());
    }
    if (accepts("psk")) {
      Octets secret = Octets.ofText(spec.preSharedKey(), StandardCharsets.UTF_8);
      config.preSharedKeys(identity -> Optional.of(secret));
    }
    return config.build();
  }

  /** A server that does not serve IKEv2 has no IKE policy, so that no proposal is acceptable. */
  private List<vpnlab.wire.ike.Proposal> proposals() {
    if (!spec.ikev2()) {
      return List.of();
    }
    return spec.proposals().isEmpty()
        ? IkeProposals.everything()
        : IkeProposals.ike(spec.proposals().toArray(String[]::new));
  }

  private boolean accepts(String method) {
    return spec.authentication().contains(method);
  }

  private PeerVerifier.Verdict judgeClient(Instant now, List<Octets> chain, Identity identity) {
    PeerCertificates.Judgement judgement =
        new PeerCertificates(machine)
            .judge(now, chain, ChainPolicy.client(), "CERT_CHAIN_POLICY_BASE (IKEv2 client)");
    return judgement.accepted()
        ? new PeerVerifier.Accepted(judgement.certificate().orElseThrow().getPublicKey())
        : new PeerVerifier.Refused(IKE_AUTH_FAIL, judgement.text());
  }

  private void hear(ProtocolEvent event) {
    IkeEvent heard = (IkeEvent) event;
    IkeTrace.observe(machine, heard);
    IkeSaId sa = heard.saId();
    if (heard instanceof IkeEvent.Exchanged exchanged) {
      remember(exchanged);
    } else if (heard instanceof IkeEvent.EapStart start) {
      session(sa).remote(start.remote());
      ike.command(new IkeCommand.SendEap(sa, provider.begin(sa, start.remote())));
    } else if (heard instanceof IkeEvent.EapResponse response) {
      provider.forward(sa, response.packet());
    } else if (heard instanceof IkeEvent.AddressRequested asked) {
      if (session(sa).user().isEmpty()) {
        session(sa).user(asked.identity().toString());
      }
      assign(sa);
    } else if (heard instanceof IkeEvent.Established up) {
      established(sa, up);
    } else if (heard instanceof IkeEvent.PathChanged changed) {
      observers.forEach(observer -> observer.pathChanged(session(sa), changed));
    } else if (heard instanceof IkeEvent.ChildRetired retired) {
      observers.forEach(observer -> observer.childRetired(session(sa), retired));
    } else if (heard instanceof IkeEvent.ChildRekeyed rekeyed) {
      observers.forEach(observer -> observer.childRekeyed(session(sa), rekeyed));
    } else if (heard instanceof IkeEvent.ChildDeleted deleted) {
      observers.forEach(observer -> observer.childDeleted(session(sa), deleted));
    } else if (heard instanceof IkeEvent.Failed failed) {
      failed(sa, failed);
    } else if (heard instanceof IkeEvent.Alive) {
      watch.alive(sa);
    } else if (heard instanceof IkeEvent.Closed closed) {
      if (closed.byPeer() && sessions.containsKey(sa)) {
        session(sa).terminateCause(AcctTerminateCause.USER_REQUEST);
      }
      end(sa, closed.byPeer() ? "the client hung up" : "the server ended the session");
    }
  }

  private void remember(IkeEvent.Exchanged exchanged) {
    if (!exchanged.saId().equals(IkeSaId.NONE)) {
      session(exchanged.saId()).remote(exchanged.remote());
      if (exchanged.direction() == IkeEvent.Direction.RECEIVED) {
        watch.heard(exchanged.saId());
      }
    }
  }

  private RemoteSession session(IkeSaId sa) {
    return sessions.computeIfAbsent(
        sa,
        id ->
            new RemoteSession(
                id, machine.correlationId(), RemoteSession.portOf(id), machine.now()));
  }

  private void assign(IkeSaId sa) {
    RemoteSession session = session(sa);
    Optional<Inet4Address> fixed = session.framedAddress();
    if (fixed.isPresent()) {
      if (isTaken(fixed.get()) || !addresses.claim(sa, fixed.get())) {
        events.framedAddressTaken(
            session.correlation(),
            session.portName(),
            session.user(),
            fixed.get().getHostAddress());
        refuseAddress(session);
      } else {
        assign(session, fixed.get());
      }
      return;
    }
    addresses.lease(
        sa,
        address -> {
          if (sessions.get(sa) != session) {
            addresses.release(sa);
          } else if (address.isPresent()) {
            assign(session, address.get());
          } else {
            events.noAddressLeft(session.correlation());
            refuseAddress(session);
          }
        });
  }

  private boolean isTaken(Inet4Address address) {
    return sessions.values().stream()
        .anyMatch(other -> other.address().filter(address::equals).isPresent());
  }

  private void refuseAddress(RemoteSession session) {
    ike.command(new IkeCommand.RefuseAddress(session.sa(), NotifyType.INTERNAL_ADDRESS_FAILURE));
  }

  private void assign(RemoteSession session, Inet4Address address) {
    session.address(address);
    List<String> fixed = spec.pool().nameServers();
    List<InetAddress> nameServers =
        (fixed.isEmpty()
                ? addresses.nameServers().stream()
                : fixed.stream().map(Ipv4Address::parse))
            .map(Ipv4Address::toInetAddress)
            .toList();
    events.addressAssigned(
        session.correlation(), session.user(), session.portName(), address.getHostAddress());
    ike.command(IkeCommand.AssignAddress.withDns(session.sa(), address, nameServers));
  }

  private void established(IkeSaId sa, IkeEvent.Established up) {
    RemoteSession session = session(sa);
    session.remote(up.remote());
    if (session.user().isEmpty()) {
      session.user(up.peer().toString());
    }
    audit.succeeded(localAddress(), session.remoteAddress());
    events.authenticated(session.correlation(), session.user(), session.portName());
    session.established(machine.now());
    established.add(sa);
    observers.forEach(observer -> observer.established(session, up));
  }

  private void failed(IkeSaId sa, IkeEvent.Failed failed) {
    RemoteSession session = session(sa);
    audit.failed(
        localAddress(),
        session.remoteAddress(),
        !(failed.reason() instanceof IkeFailure.NotifyReceived),
        ServerErrors.of(failed.reason(), spec.ikev2()),
        IkeFailureText.of(failed.reason()),
        failed.phase().name());
    provider.forget(sa);
    if (failed.reason() instanceof IkeFailure.MethodNotAccepted refused) {
      events.methodRefused(
          session.correlation(), session.user(), session.remoteAddress(), refused.text());
    }
    end(sa, IkeFailureText.of(failed.reason()));
  }

  private void disconnect(RemoteSession session) {
    ike.command(new IkeCommand.Delete(session.sa()));
  }

  private void end(IkeSaId sa, String reason) {
    RemoteSession session = sessions.remove(sa);
    if (session != null && established.contains(sa)) {
      events.sessionEnded(
          session.correlation(),
          session.user(),
          session.portName(),
          session.begun(),
          machine.now(),
          reason);
    }
    addresses
        .release(sa)
        .ifPresent(
            address ->
                events.addressReturned(
                    session == null ? "" : session.correlation(), address.getHostAddress()));
    if (session != null && established.remove(sa)) {
      observers.forEach(observer -> observer.ended(session));
    }
  }

  private String localAddress() {
    return machine.network().address().getHostAddress();
  }

  /** The answers of who decides. */
  private final class FromProvider implements AuthenticationProvider.Listener {
    @Override
    public void request(IkeSaId sa, Octets eap) {
      ike.command(new IkeCommand.SendEap(sa, eap));
    }

    @Override
    public void accepted(IkeSaId sa, AuthenticationProvider.Acceptance acceptance) {
      session(sa).user(acceptance.user());
      session(sa).granted(acceptance.attributes());
      ike.command(new IkeCommand.EapAccepted(sa, acceptance.eap(), acceptance.msk()));
    }

    @Override
    public void rejected(
        IkeSaId sa, String user, Octets eap, AuthenticationProvider.Refusal refusal) {
      RemoteSession session = session(sa);
      session.user(user);
      String remote = session.remoteAddress();
      events.refused(session.correlation(), user, remote, refusal.reason(), refusal.windowsError());
      if (refusal.whileNegotiating()) {
        events.methodRefused(session.correlation(), user, remote, refusal.reason());
      }
      List<Payload.Notify> told = new ArrayList<>();
      refusal
          .toldToClient()
          .ifPresent(
              code ->
                  told.add(
                      Payload.Notify.of(
                          NotifyType.MS_NOTIFY_STATUS, new OctetWriter().u32(code).toOctets())));
      ike.command(new IkeCommand.EapRejected(sa, eap, told));
    }
  }
}
