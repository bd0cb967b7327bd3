package vpnlab.protocol.ike;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.AuthMethod;
import vpnlab.wire.ike.ConfigurationAttribute;
import vpnlab.wire.ike.ConfigurationAttributeType;
import vpnlab.wire.ike.ConfigurationType;
import vpnlab.wire.ike.Identity;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.TrafficSelector;

/**
 * The IKE_AUTH exchanges of a responder (RFC 7296 sections 1.2, 2.16 and 2.19): what its states
 * have in common.
 */
final class ResponderAuth {
  /** ERROR_SERVER_POLICY: the server's settings do not allow what the client wants. */
  private static final int SERVER_POLICY = 812;

  private final IkeSa sa;
  private final IkeResponder responder;
  private final IkeResponderConfig config;
  private final Handshake handshake;
  private IkeMessage firstRequest;
  private Payload peersIdentityPayload;
  private Identity peersIdentity;

  /** What precedes CP, SA and TS in the last response: IDr, CERT, AUTH, or AUTH alone. */
  private List<Payload> proof = List.of();

  ResponderAuth(IkeSa sa, IkeResponder responder, Handshake handshake) {
    this.sa = sa;
    this.responder = responder;
    this.config = responder.config();
    this.handshake = handshake;
  }

  IkeSa sa() {
    return sa;
  }

  Identity peersIdentity() {
    return peersIdentity;
  }

  /** The client goes on with its handshake. */
  void heard() {
    responder.await(sa);
  }

  // --- the first request

  void begin(IkeMessage clear) {
    Optional<Payload.Identification> idi =
        clear.all(Payload.Identification.class).stream()
            .filter(Payload.Identification::ofInitiator)
            .findFirst();
    if (idi.isEmpty() || !(isChildless(clear) || asksForChild(clear))) {
      sa.respondAndFail(
          List.of(Payload.Notify.of(NotifyType.INVALID_SYNTAX)),
          new IkeFailure.Malformed("IKE_AUTH request without IDi, SA, TSi or TSr"));
      return;
    }
    if (MobikeNotifications.isTranslated(clear, sa.requestPath())) {
      sa.respondAndFail(
          List.of(Payload.Notify.of(NotifyType.UNEXPECTED_NAT_DETECTED)),
          new IkeFailure.AuthenticationFailed("the client allows no NAT, but one is between"));
      return;
    }
    firstRequest = clear;
    peersIdentity = idi.get().identity();
    peersIdentityPayload = Handshake.raw(clear, idi.get());
    Optional<Payload.Authentication> auth = clear.first(Payload.Authentication.class);
    if (auth.isEmpty()) {
      beginEap();
    } else if (auth.get().method().equals(AuthMethod.SHARED_KEY_MESSAGE_INTEGRITY_CODE)) {
      judgeSecret(auth.get());
    } else {
      judgeSignature(auth.get(), clear);
    }
  }

  private static boolean asksForChild(IkeMessage clear) {
    return clear.first(Payload.SecurityAssociation.class).isPresent()
        && Selectors.of(clear).isPresent();
  }

  /** None of SA, TSi and TSr: the client wants an IKE SA alone (RFC 6023 section 4). */
  private static boolean isChildless(IkeMessage clear) {
    return clear.first(Payload.SecurityAssociation.class).isEmpty()
        && clear.first(Payload.TrafficSelectors.class).isEmpty();
  }

  private void beginEap() {
    if (!config.acceptsEap()) {
      refuse(new IkeFailure.MethodNotAccepted(SERVER_POLICY, "the client wants EAP"));
      return;
    }
    proveWithCertificate()
        .ifPresent(
            ownProof -> {
              proof = ownProof;
              sa.become(new ResponderAwaitsEap(this));
              sa.tell(new IkeEvent.EapStart(sa.id(), peersIdentity, sa.path().remote()));
            });
  }

  /** IDr, CERT and AUTH, once. */
  List<Payload> takeProof() {
    List<Payload> taken = proof;
    proof = List.of();
    return taken;
  }

  private void judgeSecret(Payload.Authentication auth) {
    Optional<Octets> secret =
        Optional.ofNullable(config.preSharedKeys()).flatMap(k -> k.secretOf(peersIdentity));
    if (secret.isEmpty() || !isSharedKeyOf(auth, secret.get())) {
      refuse(
          new IkeFailure.AuthenticationFailed(
              secret.isEmpty() ? "no pre-shared key for the client" : "pre-shared keys differ"));
      return;
    }
    Payload.Identification idr = new Payload.Identification(false, config.identity());
    Octets signed = handshake.ownSigned(sa, idr);
    proof = List.of(idr, AuthenticationOctets.sharedKey(sa.suite().prf(), secret.get(), signed));
    authenticated();
  }

  private void judgeSignature(Payload.Authentication auth, IkeMessage clear) {
    if (config.clientVerifier() == null) {
      refuse(new IkeFailure.AuthenticationFailed("the client wants to use a certificate"));
      return;
    }
    PeerVerifier.Verdict verdict =
        config.clientVerifier().judge(responder.now(), Handshake.chainOf(clear), peersIdentity);
    if (verdict instanceof PeerVerifier.Refused refused) {
      refuse(new IkeFailure.PeerRefused(refused.code(), refused.text()));
      return;
    }
    PeerVerifier.Accepted accepted = (PeerVerifier.Accepted) verdict;
    Octets signed = handshake.peersSigned(sa, peersIdentityPayload);
    if (!AuthenticationSignature.verify(accepted.key(), auth, signed)) {
      refuse(new IkeFailure.AuthenticationFailed("the client's signature is wrong"));
      return;
    }
    proveWithCertificate()
        .ifPresent(
            ownProof -> {
              proof = ownProof;
              authenticated();
            });
  }

  /** IDr, CERT and AUTH; empty when there is no certificate, which then ends the SA. */
  private Optional<List<Payload>> proveWithCertificate() {
    if (config.certificate() instanceof OwnCertificate.Absent absent) {
      refuse(new IkeFailure.NoCertificate(absent.windowsError()));
      return Optional.empty();
    }
    OwnCertificate.Present own = (OwnCertificate.Present) config.certificate();
    Payload.Identification idr = new Payload.Identification(false, config.identity());
    List<Payload> payloads = new ArrayList<>();
    payloads.add(idr);
    payloads.addAll(Handshake.certificates(own.chain()));
    try {
      payloads.add(
          AuthenticationSignature.sign(
              own.key(),
              usableHashes(),
              config.rsaPss(),
              handshake.ownSigned(sa, idr),
              responder.random()));
    } catch (GeneralSecurityException e) {
      refuse(new IkeFailure.NoCertificate(13806));
      return Optional.empty();
    }
    return Optional.of(payloads);
  }

  /** RFC 7427 is spoken only when both ends have said that they do. */
  private List<vpnlab.wire.ike.HashAlgorithm> usableHashes() {
    return config.signatureHashes().isEmpty() ? List.of() : handshake.peersHashes();
  }

  private boolean isSharedKeyOf(Payload.Authentication auth, Octets secret) {
    Octets signed = handshake.peersSigned(sa, peersIdentityPayload);
    Payload.Authentication expected =
        AuthenticationOctets.sharedKey(sa.suite().prf(), secret, signed);
    return auth.method().equals(expected.method())
        && auth.data().equalsInConstantTime(expected.data());
  }

  /** The encrypted refusal: a Windows error code where there is one (MS-IKEE section 2.2.7). */
  void refuse(IkeFailure failure) {
    List<Payload> payloads = new ArrayList<>();
    if (config.tellsWindowsErrors()) {
      if (failure instanceof IkeFailure.NoCertificate missing) {
        payloads.add(windowsError(missing.code()));
      } else if (failure instanceof IkeFailure.PeerRefused refused) {
        payloads.add(windowsError(refused.code()));
      } else if (failure instanceof IkeFailure.MethodNotAccepted refused) {
        payloads.add(windowsError(refused.code()));
      }
    }
    payloads.add(Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED));
    sa.respondAndFail(payloads, failure);
  }

  private static Payload windowsError(int code) {
    return Payload.Notify.of(
        NotifyType.MS_NOTIFY_STATUS,
        new OctetWriter().u32(Integer.toUnsignedLong(code)).toOctets());
  }

  // --- after EAP

  void finishEap(IkeMessage clear, Octets msk) {
    Optional<Payload.Authentication> auth = clear.first(Payload.Authentication.class);
    Octets theirs = msk.isEmpty() ? sa.keys().pi() : msk;
    if (auth.isEmpty() || !isSharedKeyOf(auth.get(), theirs)) {
      refuse(new IkeFailure.AuthenticationFailed("the client's AUTH after EAP is wrong"));
      return;
    }
    Octets ours = msk.isEmpty() ? sa.keys().pr() : msk;
    Payload.Identification idr = new Payload.Identification(false, config.identity());
    Octets signed = handshake.ownSigned(sa, idr);
    proof = List.of(AuthenticationOctets.sharedKey(sa.suite().prf(), ours, signed));
    authenticated();
  }

  // --- the Child SA

  private void authenticated() {
    Optional<List<ConfigurationAttribute>> requested =
        firstRequest
            .first(Payload.Configuration.class)
            .filter(cp -> cp.cfgType().equals(ConfigurationType.CFG_REQUEST))
            .map(Payload.Configuration::attributes);
    if (requested.isPresent()) {
      sa.become(new ResponderAwaitsAddress(this));
      sa.tell(new IkeEvent.AddressRequested(sa.id(), peersIdentity, requested.get()));
    } else if (config.requiresConfiguration()) {
      sa.become(new ResponderAwaitsAddress(this));
      refuseChild(NotifyType.FAILED_CP_REQUIRED);
    } else if (isChildless(firstRequest)) {
      establish(List.of(), List.of(), Optional.empty());
    } else {
      makeChild(List.of(), Selectors.of(firstRequest).orElseThrow().initiators());
    }
  }

  void assign(InetAddress address, List<ConfigurationAttribute> further) {
    List<ConfigurationAttribute> configuration = new ArrayList<>();
    ConfigurationAttributeType type =
        address.getAddress().length == 4
            ? ConfigurationAttributeType.INTERNAL_IP4_ADDRESS
            : ConfigurationAttributeType.INTERNAL_IP6_ADDRESS;
    configuration.add(ConfigurationAttribute.address(type, address));
    configuration.addAll(further);
    if (isChildless(firstRequest)) {
      establish(configuration, List.of(), Optional.empty());
    } else {
      makeChild(configuration, List.of(TrafficSelector.range(address, address)));
    }
  }

  private void makeChild(
      List<ConfigurationAttribute> configuration, List<TrafficSelector> clients) {
    Selectors asked = Selectors.of(firstRequest).orElseThrow();
    Selectors granted =
        new Selectors(
            Selectors.narrow(asked.initiators(), clients),
            Selectors.narrow(asked.responders(), config.selectors()));
    Optional<Proposal> suite =
        IkeProposals.choose(
                firstRequest.first(Payload.SecurityAssociation.class).orElseThrow().proposals(),
                config.espProposals(),
                false)
            .filter(ChildKeyMaterial::isUsable);
    if (suite.isEmpty()) {
      refuseChild(NotifyType.NO_PROPOSAL_CHOSEN);
    } else if (granted.initiators().isEmpty() || granted.responders().isEmpty()) {
      refuseChild(NotifyType.TS_UNACCEPTABLE);
    } else {
      establishWithChild(configuration, suite.get(), granted);
    }
  }

  private void establishWithChild(
      List<ConfigurationAttribute> configuration, Proposal suite, Selectors selectors) {
    long inbound = responder.newChildSpi();
    ChildSa child =
        ChildKeyMaterial.derive(
                sa.suite().prf(),
                sa.keys().d(),
                Octets.EMPTY,
                handshake.peersNonce(),
                handshake.ownNonce(),
                suite)
            .childSa(false, inbound, ChildKeyMaterial.spi(suite.spi()), suite, selectors);
    List<Payload> payloads = new ArrayList<>();
    payloads.add(
        new Payload.SecurityAssociation(List.of(suite.withSpi(ChildKeyMaterial.spi(inbound)))));
    payloads.addAll(selectors.payloads());
    establish(configuration, payloads, Optional.of(child));
  }

  private void establish(
      List<ConfigurationAttribute> configuration,
      List<Payload> childPayloads,
      Optional<ChildSa> child) {
    List<Payload> payloads = new ArrayList<>(takeProof());
    if (!configuration.isEmpty()) {
      payloads.add(new Payload.Configuration(ConfigurationType.CFG_REPLY, configuration));
    }
    payloads.addAll(childPayloads);
    boolean mobike = config.mobility() && MobikeNotifications.isOffered(firstRequest);
    if (mobike) {
      payloads.addAll(MobikeNotifications.answer(config.additionalAddresses()));
    }
    sa.respond(payloads);
    responder.completed(sa);
    EstablishedState state =
        child.map(c -> new EstablishedState(sa, c)).orElseGet(() -> new EstablishedState(sa));
    sa.become(state);
    sa.tell(
        new IkeEvent.Established(sa.id(), peersIdentity, sa.path().remote(), configuration, child));
    sa.tellPath();
    if (mobike) {
      sa.mobility().agree(firstRequest.notification(NotifyType.NO_NATS_ALLOWED).isPresent());
      sa.tell(new IkeEvent.MobikeAgreed(sa.id()));
      state.learnAddresses(firstRequest);
    }
    state.keepMappingAlive();
  }

  /**
   * The IKE SA stands without a Child SA, and nothing here can come of it (section 2.21.2): the
   * client may delete it, else its time runs out.
   */
  void refuseChild(NotifyType why) {
    List<Payload> payloads = new ArrayList<>(takeProof());
    payloads.add(Payload.Notify.of(why));
    sa.respond(payloads);
    responder.completed(sa);
    sa.tell(new IkeEvent.Failed(sa.id(), IkePhase.FINAL_AUTH, new IkeFailure.ChildRefused(why)));
    sa.become(new ResponderChildless(sa));
    sa.expireAfter(config.halfOpenLifetime(), () -> sa.close(List.of(Payload.Delete.ikeSa())));
  }
}
