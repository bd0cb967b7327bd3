package vpnlab.lab.client;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import vpnlab.lab.DialResult;
import vpnlab.lab.datapath.EspDriver;
import vpnlab.lab.host.IkeEvents;
import vpnlab.lab.host.IkeFailureText;
import vpnlab.lab.host.IkeTrace;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.PeerCertificates;
import vpnlab.lab.host.RasClientEvents;
import vpnlab.lab.host.StoredKey;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerFailure;
import vpnlab.protocol.eap.EapPeerResult;
import vpnlab.protocol.ike.CertificateAuthorities;
import vpnlab.protocol.ike.IkeCommand;
import vpnlab.protocol.ike.IkeCredential;
import vpnlab.protocol.ike.IkeEvent;
import vpnlab.protocol.ike.IkeFailure;
import vpnlab.protocol.ike.IkeInitiator;
import vpnlab.protocol.ike.IkeInitiatorConfig;
import vpnlab.protocol.ike.IkePhase;
import vpnlab.protocol.ike.IkeProposals;
import vpnlab.protocol.ike.Mobility;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Identity;

/** One attempt to connect over IKEv2, and the connection that comes of it. */
final class DialAttempt {
  private final Machine machine;
  private final ClientSettings settings;
  private final DialRequest request;
  private final RasClientEvents ras;
  private final IkeEvents audit;
  private final InetAddress server;
  private final Consumer<DialResult> whenDone;
  private Optional<EapPeer> eap = Optional.empty();
  private final EspDriver esp;
  private Optional<ClientTunnel> tunnel = Optional.empty();
  private final VpnReconnect reconnect;
  private EndpointMount ike;
  private boolean done;
  private boolean connected;
  private boolean eapRunning;
  private boolean over;
  private DialResult state = new DialResult(RasErrors.USER_DISCONNECTION, "");

  DialAttempt(
      Machine machine,
      EspDriver esp,
      ClientSettings settings,
      DialRequest request,
      RasClientEvents ras,
      InetAddress server,
      Consumer<DialResult> whenDone) {
    this.machine = machine;
    this.esp = esp;
    this.settings = settings;
    this.request = request;
    this.ras = ras;
    this.audit = new IkeEvents(machine.log(), true);
    this.server = server;
    this.whenDone = whenDone;
    this.reconnect =
        new VpnReconnect(
            machine,
            request.networkOutageTime(),
            command -> ike.command(command),
            this::outageTooLong);
  }

  /** Whether a change of network has neither been survived nor ended the connection. */
  boolean moving() {
    return connected && reconnect.moving();
  }

  /** The outcome of dialing, and once the connection has ended why. */
  DialResult state() {
    return state;
  }

  private void outageTooLong() {
    end(RasErrors.LINK_FAILURE);
    ike.command(new IkeCommand.Disconnect());
  }

  /** A connection that stood has ended. */
  private void end(int reason) {
    if (connected) {
      connected = false;
      state = new DialResult(reason, "");
      reconnect.stop();
      closeTunnel();
      ras.ended(reason);
    }
  }

  /**
   * Gives the IKE ports back when the attempt has ended. Not at once: IKE has last words to say to
   * the server.
   */
  void release() {
    if (over && ike != null) {
      ike.close();
    }
  }

  boolean over() {
    return over;
  }

  boolean connected() {
    return connected;
  }

  void start() {
    ras.tryingLink();
    Optional<IkeCredential> credential = credential();
    if (credential.isEmpty()) {
      auditFailure(true, RasErrors.IKE_NO_CERT, "no machine certificate", IkePhase.IKE_SA_INIT);
      over = true;
      fail(RasErrors.IKE_NO_CERT);
      return;
    }
    eap = EapSetup.peer(machine, request);
    try {
      ike =
          EndpointMount.mount(
              machine.network(),
              locals -> new IkeInitiator(config(locals, credential.get()), machine.random()),
              this::hear,
              settings.localPort(),
              settings.localNatPort());
      ike.command(new IkeCommand.Connect());
    } catch (BindException e) {
      machine.observer().note(machine.name(), "cannot bind the IKE ports: " + e.getMessage());
      over = true;
      fail(RasErrors.IKE_ERROR);
    }
  }

  void hangUp() {
    if (connected) {
      ike.command(new IkeCommand.Disconnect());
    }
  }

  /** Empty when a machine certificate is needed and there is none. */
  private Optional<IkeCredential> credential() {
    return switch (request.authentication()) {
      case "machine-certificate" ->
          machine.stores().withKey("machine-my").stream()
              .findFirst()
              .map(own -> new IkeCredential.Certificate(ders(own), own.key().orElseThrow()));
      case "psk" -> Optional.of(new IkeCredential.PreSharedKey(preSharedKey()));
      default -> Optional.of(new IkeCredential.Eap());
    };
  }

  private IkeInitiatorConfig config(List<InetSocketAddress> locals, IkeCredential credential) {
    InetSocketAddress local = concrete(locals.get(0));
    IkeInitiatorConfig.Builder config =
        IkeInitiatorConfig.builder(local, new InetSocketAddress(server, settings.remotePort()))
            .localNat(concrete(locals.get(1)))
            .remoteNat(new InetSocketAddress(server, settings.remoteNatPort()))
            .nonEspMarker(IkeInitiatorConfig.NonEspMarker.UNLESS_PORT_500)
            .fragmentation(settings.fragmentation())
            .retransmission(settings.retransmission())
            .mobility(request.mobike() ? Mobility.Wish.ON : Mobility.Wish.OFF)
            .outageLimit(request.networkOutageTime())
            .credential(credential)
            .serverVerifier(new ServerCheck(new PeerCertificates(machine), request.server()))
            .authorities(
                machine.stores().certificates("machine-root").stream()
                    .map(root -> CertificateAuthorities.keyHash(root.getPublicKey()))
                    .toList());
    if (credential instanceof IkeCredential.Certificate own) {
      config.identity(subject(own));
    } else if (credential instanceof IkeCredential.PreSharedKey) {
      config.serverSecret(preSharedKey());
    }
    if (!request.proposals().isEmpty()) {
      config.ikeProposals(IkeProposals.ike(request.proposals().toArray(String[]::new)));
    }
    return config.build();
  }

  private Identity subject(IkeCredential.Certificate own) {
    try {
      return Identity.distinguishedName(
          Octets.of(
              CertificateFields.decode(own.chain().get(0)).getSubjectX500Principal().getEncoded()));
    } catch (java.security.cert.CertificateException e) {
      throw new IllegalStateException("a certificate of our own store", e);
    }
  }

  private Octets preSharedKey() {
    return Octets.ofText(request.preSharedKey(), StandardCharsets.UTF_8);
  }

  private static List<Octets> ders(StoredKey own) {
    return own.chain().stream().map(CertificateFields::der).toList();
  }

  private InetSocketAddress concrete(InetSocketAddress local) {
    return local.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(machine.network().address(), local.getPort())
        : local;
  }

  private void hear(ProtocolEvent event) {
    IkeEvent heard = (IkeEvent) event;
    IkeTrace.observe(machine, heard);
    if (heard instanceof IkeEvent.ServerAuthenticated) {
      ras.linkEstablished();
    } else if (heard instanceof IkeEvent.EapRequest asked) {
      eapRunning = true;
      answerEap(asked.packet());
    } else if (heard instanceof IkeEvent.Established established) {
      connected = true;
      String address = established.address().map(InetAddress::getHostAddress).orElse("");
      audit.succeeded(localAddress(), server.getHostAddress());
      ras.linkUp();
      ras.connected(address);
      openTunnel(established);
      reconnect.hear(established);
      finish(new DialResult(RasErrors.SUCCESS, address));
    } else if (heard instanceof IkeEvent.Failed failed) {
      ended(failed);
    } else if (heard instanceof IkeEvent.Closed closed) {
      end(closed.byPeer() ? RasErrors.REMOTE_DISCONNECTION : RasErrors.USER_DISCONNECTION);
      over = true;
    } else {
      tunnel.ifPresent(open -> open.hear(heard));
      reconnect.hear(heard);
    }
  }

  private void openTunnel(IkeEvent.Established established) {
    if (established.firstChild().isPresent() && established.address().isPresent()) {
      tunnel =
          Optional.of(
              ClientTunnel.open(
                  machine, esp, ike, request.connection(), request.routes(), established));
    }
  }

  private void closeTunnel() {
    tunnel.ifPresent(ClientTunnel::close);
    tunnel = Optional.empty();
  }

  /** What carries the traffic, while the connection stands. */
  Optional<ClientTunnel> tunnel() {
    return tunnel;
  }

  private void answerEap(Octets packet) {
    if (eap.isEmpty()) {
      ike.command(new IkeCommand.Disconnect());
      fail(RasErrors.IKE_AUTH_FAIL);
      return;
    }
    if (EapSetup.lacksCertificate(machine, request, packet)) {
      auditFailure(true, RasErrors.NO_EAPTLS_CERTIFICATE, "no certificate", IkePhase.EAP);
      fail(RasErrors.NO_EAPTLS_CERTIFICATE);
      ike.command(new IkeCommand.Disconnect());
      return;
    }
    EapPeerResult result = eap.get().handle(machine.now(), packet);
    if (result instanceof EapPeerResult.Respond respond) {
      ike.command(new IkeCommand.EapResponse(respond.response()));
    } else if (result instanceof EapPeerResult.Success success) {
      ike.command(new IkeCommand.EapKey(success.keys().msk()));
    } else if (result instanceof EapPeerResult.Failure failure) {
      int code = RasErrors.of(failure.reason());
      auditFailure(true, code, "EAP: " + failure.reason(), IkePhase.EAP);
      fail(code);
      ike.command(new IkeCommand.Disconnect());
    }
  }

  private void ended(IkeEvent.Failed failed) {
    if (!done) {
      int code = code(failed);
      boolean local =
          !(failed.reason() instanceof IkeFailure.NotifyReceived
              || failed.reason() instanceof IkeFailure.EapFailed);
      auditFailure(local, code, IkeFailureText.of(failed.reason()), failed.phase());
      fail(code);
    } else if (connected) {
      machine
          .observer()
          .note(machine.name(), "connection lost: " + IkeFailureText.of(failed.reason()));
      end(
          failed.reason() instanceof IkeFailure.Timeout
              ? RasErrors.LINK_FAILURE
              : RasErrors.of(failed.reason()));
    }
    over = true;
  }

  /** What the EAP method knows of the failure goes before what IKE saw of it. */
  private int code(IkeEvent.Failed failed) {
    if (failed.reason() instanceof IkeFailure.EapFailed refused && eap.isPresent()) {
      EapPeerResult last = eap.get().handle(machine.now(), refused.packet());
      if (last instanceof EapPeerResult.Failure failure) {
        return RasErrors.of(failure.reason());
      }
    }
    if (eapRunning && eap.isPresent() && !(failed.reason() instanceof IkeFailure.Timeout)) {
      Optional<EapPeerFailure> known = eap.get().knownFailure();
      if (known.isPresent()) {
        return RasErrors.of(known.get());
      }
    }
    return RasErrors.of(failed.reason());
  }

  private void auditFailure(boolean local, int code, String reason, IkePhase phase) {
    int audited = code == RasErrors.VPN_TIMEOUT ? RasErrors.IKE_TIMED_OUT : code;
    audit.failed(localAddress(), server.getHostAddress(), local, audited, reason, phase.name());
  }

  private String localAddress() {
    return machine.network().address().getHostAddress();
  }

  private void fail(int code) {
    if (!done) {
      ras.failed(code);
      finish(new DialResult(code, ""));
    }
  }

  private void finish(DialResult result) {
    if (!done) {
      done = true;
      state = result;
      whenDone.accept(result);
    }
  }
}
