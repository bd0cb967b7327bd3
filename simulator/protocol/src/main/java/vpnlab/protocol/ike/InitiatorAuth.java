package vpnlab.protocol.ike;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.AuthMethod;
import vpnlab.wire.ike.ConfigurationAttribute;
import vpnlab.wire.ike.ConfigurationType;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.Identity;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.Proposal;

/**
 * The IKE_AUTH exchanges of an initiator (RFC 7296 sections 1.2 and 2.16): what it says and how it
 * judges what it hears. Its states are {@link InitiatorAwaitsServer}, then with EAP {@link
 * InitiatorAwaitsEap}, then {@link InitiatorAwaitsFinalAuth}.
 */
final class InitiatorAuth {
  private final IkeSa sa;
  private final IkeInitiatorConfig config;
  private final Handshake handshake;
  private final Payload.Identification ownIdentity;
  private final long inboundSpi;
  private final List<Proposal> espOffers;
  private Payload peersIdentityPayload;
  private Identity peersIdentity;

  InitiatorAuth(IkeSa sa, IkeInitiatorConfig config, Handshake handshake) {
    this.sa = sa;
    this.config = config;
    this.handshake = handshake;
    this.ownIdentity = new Payload.Identification(true, config.identity());
    this.inboundSpi = sa.node().newChildSpi();
    Octets spi = ChildKeyMaterial.spi(inboundSpi);
    this.espOffers =
        config.espProposals().stream()
            .map(IkeProposals::withoutGroup)
            .map(p -> p.withSpi(spi))
            .toList();
  }

  IkeSa sa() {
    return sa;
  }

  /** Gives back what was reserved for a Child SA that will not be. */
  void abandonChild() {
    sa.node().releaseChildSpi(inboundSpi);
  }

  void begin() {
    sa.become(new InitiatorAwaitsServer(this));
    try {
      sa.sendRequest(ExchangeType.IKE_AUTH, firstRequest());
    } catch (GeneralSecurityException e) {
      sa.fail(new IkeFailure.NoCertificate(13806));
    }
  }

  private List<Payload> firstRequest() throws GeneralSecurityException {
    List<Payload> payloads = new ArrayList<>();
    payloads.add(ownIdentity);
    if (config.credential() instanceof IkeCredential.Certificate certificate) {
      payloads.addAll(Handshake.certificates(certificate.chain()));
    }
    if (config.initialContact()) {
      payloads.add(Payload.Notify.of(NotifyType.INITIAL_CONTACT));
    }
    if (!config.authorities().isEmpty()) {
      payloads.add(Payload.CertificateRequest.of(config.authorities()));
    }
    if (config.wantedIdentity() != null) {
      payloads.add(new Payload.Identification(false, config.wantedIdentity()));
    }
    authentication().ifPresent(payloads::add);
    if (!config.requestedConfiguration().isEmpty()) {
      payloads.add(
          new Payload.Configuration(
              ConfigurationType.CFG_REQUEST,
              config.requestedConfiguration().stream()
                  .map(ConfigurationAttribute::empty)
                  .toList()));
    }
    payloads.add(new Payload.SecurityAssociation(espOffers));
    payloads.addAll(new Selectors(config.localSelectors(), config.remoteSelectors()).payloads());
    if (config.mobility() != Mobility.Wish.OFF) {
      payloads.addAll(MobikeNotifications.offer(config.additionalAddresses()));
    }
    if (config.mobility() == Mobility.Wish.WITHOUT_NATS) {
      payloads.add(MobikeNotifications.noNatsAllowed(sa.path()));
    }
    return payloads;
  }

  private Optional<Payload> authentication() throws GeneralSecurityException {
    Octets signed = handshake.ownSigned(sa, ownIdentity);
    if (config.credential() instanceof IkeCredential.Certificate certificate) {
      return Optional.of(
          AuthenticationSignature.sign(
              certificate.key(),
              handshake.peersHashes(),
              config.rsaPss(),
              signed,
              sa.node().random()));
    }
    if (config.credential() instanceof IkeCredential.PreSharedKey psk) {
      return Optional.of(AuthenticationOctets.sharedKey(sa.suite().prf(), psk.secret(), signed));
    }
    return Optional.empty();
  }

  boolean usesEap() {
    return config.credential() instanceof IkeCredential.Eap;
  }

  /** Waits for the owner, but not for ever. */
  void awaitOwner() {
    sa.expireAfter(config.eapPatience(), () -> refuse(new IkeFailure.EapUnanswered()));
  }

  /** Judges IDr, CERT and AUTH of the first response. What is wrong, if anything. */
  Optional<IkeFailure> authenticateServer(IkeMessage clear) {
    Optional<Payload.Identification> idr =
        clear.all(Payload.Identification.class).stream()
            .filter(id -> !id.ofInitiator())
            .findFirst();
    Optional<Payload.Authentication> auth = clear.first(Payload.Authentication.class);
    if (idr.isEmpty()) {
      return Optional.of(new IkeFailure.AuthenticationFailed("the server sent no IDr"));
    }
    peersIdentity = idr.get().identity();
    peersIdentityPayload = Handshake.raw(clear, idr.get());
    if (auth.isEmpty()) {
      return Optional.of(new IkeFailure.AuthenticationFailed("the server sent no AUTH"));
    }
    List<Octets> chain = Handshake.chainOf(clear);
    Optional<IkeFailure> failure =
        auth.get().method().equals(AuthMethod.SHARED_KEY_MESSAGE_INTEGRITY_CODE)
            ? judgeSecret(auth.get())
            : judgeSignature(auth.get(), chain);
    if (failure.isEmpty()) {
      sa.tell(new IkeEvent.ServerAuthenticated(sa.id(), peersIdentity, chain));
    }
    return failure;
  }

  private Optional<IkeFailure> judgeSecret(Payload.Authentication auth) {
    if (config.serverSecret() == null) {
      return Optional.of(
          new IkeFailure.AuthenticationFailed("the server authenticates with a pre-shared key"));
    }
    return isSharedKeyOf(auth, config.serverSecret())
        ? Optional.empty()
        : Optional.of(new IkeFailure.AuthenticationFailed("the pre-shared keys differ"));
  }

  private Optional<IkeFailure> judgeSignature(Payload.Authentication auth, List<Octets> chain) {
    if (config.serverVerifier() == null) {
      return Optional.of(
          new IkeFailure.AuthenticationFailed("the server authenticates with a certificate"));
    }
    PeerVerifier.Verdict verdict =
        config.serverVerifier().judge(sa.node().now(), chain, peersIdentity);
    if (verdict instanceof PeerVerifier.Refused refused) {
      return Optional.of(new IkeFailure.PeerRefused(refused.code(), refused.text()));
    }
    Octets signed = handshake.peersSigned(sa, peersIdentityPayload);
    PeerVerifier.Accepted accepted = (PeerVerifier.Accepted) verdict;
    return AuthenticationSignature.verify(accepted.key(), auth, signed)
        ? Optional.empty()
        : Optional.of(new IkeFailure.AuthenticationFailed("the server's signature is wrong"));
  }

  private boolean isSharedKeyOf(Payload.Authentication auth, Octets secret) {
    Octets signed = handshake.peersSigned(sa, peersIdentityPayload);
    Payload.Authentication expected =
        AuthenticationOctets.sharedKey(sa.suite().prf(), secret, signed);
    return auth.method().equals(expected.method())
        && auth.data().equalsInConstantTime(expected.data());
  }

  /** Without an MSK, SK_pi and SK_pr take its place (section 2.16). */
  void sendFinalAuth(Octets msk) {
    sa.become(new InitiatorAwaitsFinalAuth(this, msk));
    Octets secret = msk.isEmpty() ? sa.keys().pi() : msk;
    Octets signed = handshake.ownSigned(sa, ownIdentity);
    sa.sendRequest(
        ExchangeType.IKE_AUTH,
        List.of(AuthenticationOctets.sharedKey(sa.suite().prf(), secret, signed)));
  }

  boolean isFinalAuthRight(IkeMessage clear, Octets msk) {
    Octets secret = msk.isEmpty() ? sa.keys().pr() : msk;
    return clear
        .first(Payload.Authentication.class)
        .filter(auth -> isSharedKeyOf(auth, secret))
        .isPresent();
  }

  /** Tells the server that it has not proved itself (section 2.21.2), and the owner why. */
  void refuse(IkeFailure failure) {
    sa.tell(new IkeEvent.Failed(sa.id(), sa.state().phase(), failure));
    sa.close(List.of(Payload.Notify.of(NotifyType.AUTHENTICATION_FAILED)));
  }

  /** The last response: with a Child SA, or with the reason why there is none. */
  void finish(IkeMessage clear) {
    Optional<Proposal> suite =
        clear
            .first(Payload.SecurityAssociation.class)
            .filter(payload -> payload.proposals().size() == 1)
            .map(payload -> payload.proposals().get(0))
            .filter(proposal -> IkeProposals.isChoiceAmong(proposal, espOffers))
            .filter(ChildKeyMaterial::isUsable);
    Optional<Selectors> selectors = Selectors.of(clear);
    List<Payload.Notify> errors = SaState.errorsOf(clear);
    if (!errors.isEmpty()) {
      hangUp(new IkeFailure.NotifyReceived(errors));
    } else if (suite.isEmpty() || selectors.isEmpty()) {
      hangUp(new IkeFailure.Malformed("IKE_AUTH response without a usable Child SA"));
    } else {
      establish(clear, suite.get(), selectors.get());
    }
  }

  private void hangUp(IkeFailure failure) {
    sa.tell(new IkeEvent.Failed(sa.id(), sa.state().phase(), failure));
    sa.close(List.of(Payload.Delete.ikeSa()));
  }

  private void establish(IkeMessage clear, Proposal suite, Selectors selectors) {
    ChildSa child =
        ChildKeyMaterial.derive(
                sa.suite().prf(),
                sa.keys().d(),
                Octets.EMPTY,
                handshake.ownNonce(),
                handshake.peersNonce(),
                suite)
            .childSa(true, inboundSpi, ChildKeyMaterial.spi(suite.spi()), suite, selectors);
    List<ConfigurationAttribute> configuration =
        clear
            .first(Payload.Configuration.class)
            .filter(cp -> cp.cfgType().equals(ConfigurationType.CFG_REPLY))
            .map(Payload.Configuration::attributes)
            .orElse(List.of());
    EstablishedState state = new EstablishedState(sa, child);
    sa.become(state);
    sa.tell(
        new IkeEvent.Established(
            sa.id(), peersIdentity, sa.path().remote(), configuration, Optional.of(child)));
    sa.tellPath();
    if (config.mobility() != Mobility.Wish.OFF && MobikeNotifications.isOffered(clear)) {
      sa.mobility().agree(config.mobility() == Mobility.Wish.WITHOUT_NATS);
      sa.tell(new IkeEvent.MobikeAgreed(sa.id()));
      state.learnAddresses(clear);
    }
    state.keepMappingAlive();
  }
}
