package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.Proposal;

/** This end replaces the IKE SA (RFC 7296 sections 1.3.2, 2.8.2 and 2.18). */
final class IkeSaRekeying implements Operation {
  private final IkeSpi spi;
  private final Octets nonce;
  private final List<Proposal> offers;
  private DhGroup.KeyPair keyPair;
  private Optional<Rival> rival = Optional.empty();
  private boolean repeated;

  /** What the peer made of the same IKE SA while this request was under way. */
  private record Rival(IkeSa successor, Nonces nonces) {}

  IkeSaRekeying(EstablishedState state) {
    IkeNode node = state.sa.node();
    this.spi = node.newSpi();
    this.nonce = node.random().octets(32);
    this.offers =
        node.settings().ikeProposals().stream().map(p -> p.withSpi(spi.octets())).toList();
    this.keyPair = state.sa.suite().group().generate(node.random());
  }

  void collide(IkeSa peersSuccessor, Nonces peersExchange) {
    rival = Optional.of(new Rival(peersSuccessor, peersExchange));
  }

  @Override
  public void send(EstablishedState state) {
    state.sa.sendRequest(
        ExchangeType.CREATE_CHILD_SA,
        List.of(
            new Payload.SecurityAssociation(offers),
            new Payload.Nonce(nonce),
            new Payload.KeyExchange(keyPair.group().id(), keyPair.publicValue())));
  }

  @Override
  public void response(EstablishedState state, IkeMessage clear) {
    List<Payload.Notify> errors = SaState.errorsOf(clear);
    Optional<DhGroup> wanted = CreateChildSa.wantedGroup(clear, offers);
    if (wanted.isPresent() && !repeated) {
      repeated = true;
      keyPair = wanted.get().generate(state.sa.node().random());
      send(state);
    } else if (!errors.isEmpty() && rival.isPresent()) {
      IkeSaRekeyAnswer.succeed(state, rival.get().successor);
    } else if (!errors.isEmpty()) {
      state.sa.tell(new IkeEvent.RekeyRefused(state.sa.id(), errors.get(0).notifyType()));
    } else {
      accept(state, clear);
    }
  }

  private void accept(EstablishedState state, IkeMessage clear) {
    Optional<Proposal> chosen =
        CreateChildSa.onlyProposal(clear)
            .filter(proposal -> IkeProposals.isChoiceAmong(proposal, offers))
            .filter(proposal -> proposal.spi().size() == 8);
    Optional<IkeSuite> suite = chosen.flatMap(IkeSuite::of);
    Optional<Octets> peersNonce = clear.first(Payload.Nonce.class).map(Payload.Nonce::nonce);
    Optional<Octets> shared =
        chosen.flatMap(c -> CreateChildSa.shared(c, Optional.of(keyPair), clear));
    if (suite.isEmpty() || peersNonce.isEmpty() || shared.isEmpty()) {
      state.sa.fail(new IkeFailure.Malformed("CREATE_CHILD_SA response without a usable IKE SA"));
      return;
    }
    IkeSpi peersSpi = IkeSpi.of(chosen.get().spi());
    Nonces own = new Nonces(nonce, peersNonce.get());
    IkeSa successor = state.sa.successor(true, spi, peersSpi);
    successor.useKeys(
        suite.get(), rekeyed(state.sa, suite.get(), shared.get(), own, spi, peersSpi));
    state.sa.node().register(successor);
    EstablishedState next = new EstablishedState(successor);
    successor.become(next);
    if (rival.isPresent() && own.loseAgainst(rival.get().nonces)) {
      // The other successor stays and its maker deletes the old SA; this end deletes its own.
      successor.close(List.of(Payload.Delete.ikeSa()));
      IkeSaRekeyAnswer.succeed(state, rival.get().successor);
      return;
    }
    state.moveTo(next);
    state.sa.node().makeCurrent(successor);
    state.sa.tell(new IkeEvent.IkeSaRekeyed(state.sa.id(), spi, peersSpi));
    state.sa.close(List.of(Payload.Delete.ikeSa()));
    next.resume();
  }

  static IkeKeys rekeyed(
      IkeSa old, IkeSuite suite, Octets shared, Nonces nonces, IkeSpi spiI, IkeSpi spiR) {
    Octets seed =
        IkeKeys.rekeyedSkeyseed(
            old.suite().prf(), old.keys().d(), shared, nonces.initiators(), nonces.responders());
    return IkeKeys.derive(suite, seed, nonces.initiators(), nonces.responders(), spiI, spiR);
  }
}
