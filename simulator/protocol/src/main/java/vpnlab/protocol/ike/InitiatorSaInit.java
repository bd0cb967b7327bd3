package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.TransformId;
import vpnlab.wire.ike.TransformType;

/**
 * The initiator has sent IKE_SA_INIT and awaits the answer (RFC 7296 section 1.2): the other end's
 * half of the keys, a cookie to bring along (2.6), another group to use (1.3), or a refusal.
 */
final class InitiatorSaInit extends SaState {
  /** A peer that asks again and again is not worth following. */
  private static final int MOST_REPETITIONS = 5;

  private final IkeInitiatorConfig config;
  private final Octets nonce;
  private DhGroup.KeyPair keyPair;
  private Octets cookie = Octets.EMPTY;
  private Octets sent = Octets.EMPTY;
  private int repetitions;

  InitiatorSaInit(IkeSa sa, IkeInitiatorConfig config) {
    super(sa);
    this.config = config;
    this.nonce = sa.node().random().octets(32);
    this.keyPair = firstGroup().generate(sa.node().random());
  }

  private DhGroup firstGroup() {
    TransformId first =
        config.firstGroup() != null
            ? config.firstGroup()
            : config.ikeProposals().get(0).transforms(TransformType.DH).get(0).id();
    return DhGroup.of(first).orElseThrow();
  }

  @Override
  IkePhase phase() {
    return IkePhase.IKE_SA_INIT;
  }

  void send() {
    List<Payload> payloads = new ArrayList<>();
    if (!cookie.isEmpty()) {
      payloads.add(Payload.Notify.of(NotifyType.COOKIE, cookie));
    }
    payloads.add(new Payload.SecurityAssociation(config.ikeProposals()));
    payloads.add(new Payload.KeyExchange(keyPair.group().id(), keyPair.publicValue()));
    payloads.add(new Payload.Nonce(nonce));
    if (config.mobility() != Mobility.Wish.WITHOUT_NATS) {
      payloads.addAll(
          NatDetection.notifications(
              sa.initiatorSpi(), sa.responderSpi(), sa.path().local(), sa.path().remote()));
    }
    if (config.fragmentation()) {
      payloads.add(Payload.Notify.of(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
    }
    if (!config.signatureHashes().isEmpty()) {
      payloads.add(Handshake.hashes(config.signatureHashes()));
    }
    config.vendorIds().forEach(id -> payloads.add(new Payload.VendorId(id)));
    sent = sa.sendInitRequest(payloads);
  }

  @Override
  void initResponse(Path path, Octets datagram, IkeMessage message) {
    sa.exchanged(IkeEvent.Direction.RECEIVED, path, message, false, 1);
    Optional<Octets> newCookie = message.notification(NotifyType.COOKIE).map(Payload.Notify::data);
    Optional<DhGroup> otherGroup =
        message.notification(NotifyType.INVALID_KE_PAYLOAD).flatMap(this::acceptableGroup);
    List<Payload.Notify> errors = errorsOf(message);
    if (isHeededAlready(message, newCookie)) {
      return;
    }
    if (newCookie.isPresent() && ++repetitions <= MOST_REPETITIONS) {
      cookie = newCookie.get();
      repeat();
    } else if (otherGroup.isPresent() && ++repetitions <= MOST_REPETITIONS) {
      keyPair = otherGroup.get().generate(sa.node().random());
      repeat();
    } else if (!errors.isEmpty()) {
      sa.fail(new IkeFailure.NotifyReceived(errors));
    } else if (IkeSa.unknownCritical(message).isPresent()) {
      sa.fail(new IkeFailure.Malformed("unknown critical payload in the IKE_SA_INIT response"));
    } else {
      negotiate(datagram, message);
    }
  }

  /** The network may deliver twice what the request under way answers to. */
  private boolean isHeededAlready(IkeMessage message, Optional<Octets> newCookie) {
    boolean sameCookie = newCookie.filter(cookie::equals).isPresent();
    boolean sameGroup =
        repetitions > 0
            && message
                .notification(NotifyType.INVALID_KE_PAYLOAD)
                .filter(notify -> groupOf(notify).filter(keyPair.group().id()::equals).isPresent())
                .isPresent();
    return sameCookie || sameGroup;
  }

  private static Optional<TransformId> groupOf(Payload.Notify notify) {
    return notify.data().size() == 2
        ? Optional.of(TransformId.dh(notify.data().at(0) << 8 | notify.data().at(1)))
        : Optional.empty();
  }

  private void repeat() {
    sa.settleRequest();
    send();
  }

  private Optional<DhGroup> acceptableGroup(Payload.Notify notify) {
    Optional<TransformId> named = groupOf(notify);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    TransformId wanted = named.get();
    boolean offered =
        config.ikeProposals().stream()
            .flatMap(p -> p.transforms(TransformType.DH).stream())
            .anyMatch(t -> t.id().equals(wanted));
    boolean other = !wanted.equals(keyPair.group().id());
    return offered && other ? DhGroup.of(wanted) : Optional.empty();
  }

  private void negotiate(Octets datagram, IkeMessage message) {
    Optional<Proposal> chosen =
        message
            .first(Payload.SecurityAssociation.class)
            .filter(payload -> payload.proposals().size() == 1)
            .map(payload -> payload.proposals().get(0))
            .filter(proposal -> IkeProposals.isChoiceAmong(proposal, config.ikeProposals()));
    Optional<IkeSuite> suite = chosen.flatMap(IkeSuite::of);
    Optional<Payload.KeyExchange> ke = message.first(Payload.KeyExchange.class);
    Optional<Payload.Nonce> peersNonce = message.first(Payload.Nonce.class);
    if (message.responderSpi().isZero() || ke.isEmpty() || peersNonce.isEmpty()) {
      sa.fail(new IkeFailure.Malformed("IKE_SA_INIT response without SPI, KE or Nonce"));
      return;
    }
    if (suite.isEmpty() || suite.get().group() != keyPair.group()) {
      sa.fail(new IkeFailure.Malformed("IKE_SA_INIT response chooses what was not offered"));
      return;
    }
    Optional<Octets> shared =
        ke.filter(payload -> payload.group().equals(keyPair.group().id()))
            .flatMap(payload -> keyPair.agree(payload.publicValue()));
    if (shared.isEmpty()) {
      sa.fail(new IkeFailure.Malformed("KE of the IKE_SA_INIT response is not of its group"));
      return;
    }
    sa.settleRequest();
    sa.learnResponderSpi(message.responderSpi());
    Octets nr = peersNonce.get().nonce();
    Octets seed = IkeKeys.skeyseed(suite.get().prf(), nonce, nr, shared.get());
    sa.useKeys(
        suite.get(),
        IkeKeys.derive(suite.get(), seed, nonce, nr, sa.initiatorSpi(), message.responderSpi()));
    adapt(message);
    Handshake handshake = new Handshake(sent, datagram, nonce, nr, Handshake.hashesOf(message));
    new InitiatorAuth(sa, config, handshake).begin();
  }

  private void adapt(IkeMessage message) {
    if (config.fragmentation()
        && message.notification(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED).isPresent()) {
      sa.fragmentMessages();
    }
    NatDetection.Found nat = NatDetection.find(message, sa.path().remote(), sa.path().local());
    sa.foundNat(nat);
    NatDetection.seenAs(message).ifPresent(sa.mobility()::isSeenAs);
    boolean moves =
        switch (config.moveToNatPort()) {
          case NEVER -> false;
          case IF_PEER_DETECTS_NAT -> NatDetection.isSupportedBy(message);
          // RFC 4555 section 3.3: a NAT may be found on some other path later
          case IF_NAT_FOUND ->
              nat.between()
                  || config.mobility() != Mobility.Wish.OFF && NatDetection.isSupportedBy(message);
        };
    if (moves) {
      sa.moveTo(new Path(config.localNat(), config.remoteNat(), true));
    }
  }
}
