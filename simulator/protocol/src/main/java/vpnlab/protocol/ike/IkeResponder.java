package vpnlab.protocol.ike;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeHeader;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.PayloadChain;
import vpnlab.wire.ike.PayloadType;
import vpnlab.wire.ike.Proposal;

/**
 * The end of IKEv2 connections that waits for them (RFC 7296): any number of clients at once, on
 * any local ports, each answered from where its message came to and in the framing that it used.
 *
 * <pre>
 * IKE_SA_INIT -&gt; {@link ResponderAwaitsAuth}
 *   -&gt; ({@link ResponderAwaitsEap} -&gt; {@link ResponderAwaitsFinalAuth} -&gt;)?
 *   ({@link ResponderAwaitsAddress} -&gt;)? {@link EstablishedState}
 *   -&gt; {@link ClosingState} | {@link EndedState}
 * </pre>
 */
public final class IkeResponder extends IkeNode {
  private final IkeResponderConfig config;
  private final SaSettings settings;
  private final Cookies cookies;
  private final Set<IkeSa> halfOpen = new HashSet<>();
  private final Map<InitKey, InitAnswer> initAnswers = new HashMap<>();
  private final Map<IkeSa, InitKey> initKeys = new HashMap<>();

  /** By what a repeated IKE_SA_INIT request is known. */
  private record InitKey(InetSocketAddress remote, Octets digest) {}

  private record InitAnswer(IkeSaId id, IkeMessage response, Octets datagram) {}

  public IkeResponder(IkeResponderConfig config, RandomSource random) {
    super(random);
    this.config = config;
    this.cookies = new Cookies(random);
    this.settings =
        new SaSettings(
            config.retransmission(),
            config.fragmentSize(),
            true,
            config.outageLimit(),
            config.halfOpenLifetime(),
            config.ikeProposals(),
            config.espProposals());
  }

  /** IKE SAs that are not yet established. */
  public int halfOpenCount() {
    return halfOpen.size();
  }

  IkeResponderConfig config() {
    return config;
  }

  @Override
  SaSettings settings() {
    return settings;
  }

  @Override
  boolean acceptsPath(Path path) {
    return config.addressPolicy().accepts(path.local(), path.remote());
  }

  @Override
  boolean checksRoutability() {
    return config.checksRoutability();
  }

  @Override
  int stateSize() {
    return super.stateSize() + halfOpen.size() + initAnswers.size() + initKeys.size();
  }

  @Override
  void command(IkeCommand command) {
    target(command).flatMap(this::find).ifPresent(sa -> sa.state().command(command));
  }

  private static Optional<IkeSaId> target(IkeCommand command) {
    if (command instanceof IkeCommand.SendEap c) {
      return Optional.of(c.saId());
    } else if (command instanceof IkeCommand.EapAccepted c) {
      return Optional.of(c.saId());
    } else if (command instanceof IkeCommand.EapRejected c) {
      return Optional.of(c.saId());
    } else if (command instanceof IkeCommand.AssignAddress c) {
      return Optional.of(c.saId());
    } else if (command instanceof IkeCommand.RefuseAddress c) {
      return Optional.of(c.saId());
    } else if (command instanceof IkeCommand.Delete c) {
      return Optional.of(c.saId());
    } else if (command instanceof IkeCommand.RekeyIkeSa c) {
      return Optional.of(c.saId());
    } else if (command instanceof IkeCommand.RekeyChildSa c) {
      return Optional.of(c.saId());
    } else if (command instanceof IkeCommand.TellAddresses c) {
      return Optional.of(c.saId());
    } else if (command instanceof IkeCommand.CheckLiveness c) {
      return Optional.of(c.saId());
    }
    return Optional.empty();
  }

  // --- IKE_SA_INIT

  @Override
  void initRequest(Path path, Octets datagram, IkeMessage message) {
    boolean proper =
        message.fromInitiator()
            && message.messageId() == 0
            && !message.initiatorSpi().isZero()
            && message.responderSpi().isZero();
    if (!proper) {
      return;
    }
    InitKey key = new InitKey(path.remote(), NatDetection.digest("SHA-256", datagram));
    InitAnswer before = initAnswers.get(key);
    if (before != null) {
      exchanged(before.id, IkeEvent.Direction.RECEIVED, path, message, true);
      exchanged(before.id, IkeEvent.Direction.SENT, path, before.response, true);
      transmit(path, before.datagram);
      return;
    }
    if (halfOpen.size() >= config.maxHalfOpen() || saCount() >= config.maxSas()) {
      return;
    }
    Optional<Payload.SecurityAssociation> offers = message.first(Payload.SecurityAssociation.class);
    Optional<Payload.KeyExchange> ke = message.first(Payload.KeyExchange.class);
    Optional<Payload.Nonce> nonce = message.first(Payload.Nonce.class);
    Optional<PayloadType> critical = IkeSa.unknownCritical(message);
    if (critical.isPresent()) {
      Octets type = Octets.of((byte) critical.get().code());
      refuse(path, message, Payload.Notify.of(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, type));
      return;
    }
    if (offers.isEmpty() || ke.isEmpty() || nonce.isEmpty()) {
      refuse(path, message, Payload.Notify.of(NotifyType.INVALID_SYNTAX));
      return;
    }
    if (halfOpen.size() >= config.cookieThreshold() && !bringsCookie(path, message, nonce.get())) {
      return;
    }
    negotiate(path, key, datagram, new Request(message, offers.get(), ke.get(), nonce.get()));
  }

  /** The payloads that an IKE_SA_INIT request must have. */
  private record Request(
      IkeMessage message,
      Payload.SecurityAssociation offers,
      Payload.KeyExchange ke,
      Payload.Nonce nonce) {}

  private boolean bringsCookie(Path path, IkeMessage message, Payload.Nonce nonce) {
    Optional<Octets> brought = message.notification(NotifyType.COOKIE).map(Payload.Notify::data);
    boolean good =
        brought.isPresent()
            && cookies.isGood(now(), brought.get(), path, message.initiatorSpi(), nonce.nonce());
    if (!good) {
      Octets cookie = cookies.cookie(now(), path, message.initiatorSpi(), nonce.nonce());
      refuse(path, message, Payload.Notify.of(NotifyType.COOKIE, cookie));
    }
    return good;
  }

  private void negotiate(Path path, InitKey key, Octets datagram, Request request) {
    Optional<Proposal> chosen =
        IkeProposals.choose(request.offers.proposals(), config.ikeProposals(), true)
            .filter(proposal -> proposal.spi().isEmpty());
    Optional<IkeSuite> suite = chosen.flatMap(IkeSuite::of);
    if (suite.isEmpty()) {
      Payload.Notify no = Payload.Notify.of(NotifyType.NO_PROPOSAL_CHOSEN);
      refuse(path, request.message, no);
      tell(
          new IkeEvent.Failed(
              IkeSaId.NONE,
              IkePhase.IKE_SA_INIT,
              new IkeFailure.NoProposalChosen(request.offers.proposals())));
      return;
    }
    DhGroup group = suite.get().group();
    if (!request.ke.group().equals(group.id())) {
      refuse(path, request.message, invalidKe(group));
      return;
    }
    DhGroup.KeyPair keyPair = group.generate(random());
    Optional<Octets> shared = keyPair.agree(request.ke.publicValue());
    if (shared.isEmpty()) {
      refuse(path, request.message, Payload.Notify.of(NotifyType.INVALID_SYNTAX));
      return;
    }
    open(path, key, datagram, new Agreed(request, suite.get(), keyPair, shared.get()));
  }

  private record Agreed(Request request, IkeSuite suite, DhGroup.KeyPair keyPair, Octets shared) {}

  static Payload.Notify invalidKe(DhGroup wanted) {
    return Payload.Notify.of(
        NotifyType.INVALID_KE_PAYLOAD,
        Octets.of((byte) (wanted.id().number() >> 8), (byte) wanted.id().number()));
  }

  private void open(Path path, InitKey key, Octets datagram, Agreed agreed) {
    IkeMessage request = agreed.request.message;
    Octets ni = agreed.request.nonce.nonce();
    Octets nr = random().octets(32);
    IkeSa sa = new IkeSa(this, newId(), false, request.initiatorSpi(), newSpi(), path);
    IkeMessage response = response(request, sa.responderSpi(), answer(path, agreed, sa, nr));
    Octets responseOctets = response.encode();
    register(sa);
    halfOpen.add(sa);
    initAnswers.put(key, new InitAnswer(sa.id(), response, responseOctets));
    initKeys.put(sa, key);
    exchanged(sa.id(), IkeEvent.Direction.RECEIVED, path, request, false);
    exchanged(sa.id(), IkeEvent.Direction.SENT, path, response, false);
    transmit(path, responseOctets);

    sa.foundNat(NatDetection.find(request, path.remote(), path.local()));
    sa.countInitRequest();
    Octets seed = IkeKeys.skeyseed(agreed.suite.prf(), ni, nr, agreed.shared);
    sa.useKeys(
        agreed.suite,
        IkeKeys.derive(agreed.suite, seed, ni, nr, sa.initiatorSpi(), sa.responderSpi()));
    if (fragmentsWith(request)) {
      sa.fragmentMessages();
    }
    Handshake handshake =
        new Handshake(responseOctets, datagram, nr, ni, Handshake.hashesOf(request));
    sa.become(new ResponderAwaitsAuth(new ResponderAuth(sa, this, handshake)));
    await(sa);
  }

  private List<Payload> answer(Path path, Agreed agreed, IkeSa sa, Octets nonce) {
    IkeMessage request = agreed.request.message;
    List<Payload> payloads = new ArrayList<>();
    payloads.add(new Payload.SecurityAssociation(List.of(agreed.suite.chosen())));
    payloads.add(new Payload.KeyExchange(agreed.suite.group().id(), agreed.keyPair.publicValue()));
    payloads.add(new Payload.Nonce(nonce));
    if (NatDetection.isSupportedBy(request)) {
      payloads.addAll(
          NatDetection.notifications(
              sa.initiatorSpi(), sa.responderSpi(), path.local(), path.remote()));
    }
    if (!config.authorities().isEmpty()) {
      payloads.add(Payload.CertificateRequest.of(config.authorities()));
    }
    if (fragmentsWith(request)) {
      payloads.add(Payload.Notify.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
    }
    boolean tellsHashes = request.notification(NotifyType.SIGNATURE_HASH_ALGORITHMS).isPresent();
    if (tellsHashes && !config.signatureHashes().isEmpty()) {
      payloads.add(Handshake.hashes(config.signatureHashes()));
    }
    config.vendorIds().forEach(id -> payloads.add(new Payload.VendorId(id)));
    return payloads;
  }

  private boolean fragmentsWith(IkeMessage request) {
    return config.fragmentation()
        && request.notification(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED).isPresent();
  }

  /** (Re)starts the time that a client has to go on with its handshake. */
  void await(IkeSa sa) {
    sa.expireAfter(config.halfOpenLifetime(), () -> sa.fail(new IkeFailure.HalfOpenExpired()));
  }

  /** The handshake is over. */
  void completed(IkeSa sa) {
    halfOpen.remove(sa);
    InitKey key = initKeys.remove(sa);
    if (key != null) {
      initAnswers.remove(key);
    }
    sa.liveOn();
  }

  @Override
  void ended(IkeSa sa) {
    completed(sa);
  }

  // --- answers without an SA

  private void refuse(Path path, IkeMessage request, Payload.Notify why) {
    IkeMessage response = response(request, IkeSpi.ZERO, List.of(why));
    exchanged(IkeSaId.NONE, IkeEvent.Direction.RECEIVED, path, request, false);
    exchanged(IkeSaId.NONE, IkeEvent.Direction.SENT, path, response, false);
    transmit(path, response.encode());
  }

  private static IkeMessage response(
      IkeMessage request, IkeSpi responderSpi, List<Payload> payloads) {
    return new IkeMessage(
        request.initiatorSpi(),
        responderSpi,
        IkeHeader.VERSION_2_0,
        request.exchange(),
        IkeHeader.RESPONSE,
        request.messageId(),
        payloads);
  }

  private void exchanged(
      IkeSaId id, IkeEvent.Direction direction, Path path, IkeMessage message, boolean again) {
    tell(new IkeEvent.Exchanged(id, direction, path.local(), path.remote(), message, again, 1));
  }

  @Override
  void unknownSa(Path path, IkeMessage message) {
    if (!config.answersUnknownSpis() || message.isResponse() || !message.fromInitiator()) {
      return;
    }
    IkeMessage response =
        response(
            message,
            message.responderSpi(),
            List.of(Payload.Notify.of(NotifyType.INVALID_IKE_SPI)));
    exchanged(IkeSaId.NONE, IkeEvent.Direction.SENT, path, response, false);
    transmit(path, response.encode());
  }

  /** Only a higher major version gets an answer (section 2.5). */
  @Override
  void undecodable(Path path, Octets message) {
    IkeHeader header;
    try {
      header = IkeHeader.decode(message);
    } catch (MalformedMessageException e) {
      return;
    }
    if (header.majorVersion() <= 2 || header.isResponse()) {
      return;
    }
    List<Payload> payloads = List.of(Payload.Notify.of(NotifyType.INVALID_MAJOR_VERSION));
    IkeHeader answer =
        new IkeHeader(
            header.initiatorSpi(),
            header.responderSpi(),
            PayloadChain.firstType(payloads),
            IkeHeader.VERSION_2_0,
            header.exchange(),
            IkeHeader.RESPONSE,
            header.messageId(),
            (long) IkeHeader.SIZE + PayloadChain.encode(payloads).size());
    transmit(path, Octets.concat(answer.encode(), PayloadChain.encode(payloads)));
  }
}
