package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.Proposal;

/** The peer replaces the IKE SA (RFC 7296 sections 1.3.2, 2.8.2, 2.18 and 2.25.2). */
final class IkeSaRekeyAnswer {
  private IkeSaRekeyAnswer() {}

  static void answer(EstablishedState state, IkeMessage request) {
    IkeSa sa = state.sa;
    Optional<Payload.Nonce> nonce = request.first(Payload.Nonce.class);
    Optional<Payload.KeyExchange> ke = request.first(Payload.KeyExchange.class);
    if (nonce.isEmpty() || ke.isEmpty()) {
      sa.respond(List.of(Payload.Notify.of(NotifyType.INVALID_SYNTAX)));
      return;
    }
    boolean rekeyingChild =
        state.currentOperation().filter(ChildRekeying.class::isInstance).isPresent();
    if (rekeyingChild) {
      sa.respond(List.of(Payload.Notify.of(NotifyType.TEMPORARY_FAILURE)));
      return;
    }
    Optional<Proposal> chosen =
        IkeProposals.choose(
                request.first(Payload.SecurityAssociation.class).orElseThrow().proposals(),
                sa.node().settings().ikeProposals(),
                true)
            .filter(proposal -> proposal.spi().size() == 8);
    Optional<IkeSuite> suite = chosen.flatMap(IkeSuite::of);
    if (suite.isEmpty()) {
      sa.respond(List.of(Payload.Notify.of(NotifyType.NO_PROPOSAL_CHOSEN)));
    } else if (!ke.get().group().equals(suite.get().group().id())) {
      sa.respond(List.of(IkeResponder.invalidKe(suite.get().group())));
    } else {
      agree(state, suite.get(), ke.get(), nonce.get().nonce());
    }
  }

  private static void agree(
      EstablishedState state, IkeSuite suite, Payload.KeyExchange ke, Octets peersNonce) {
    IkeSa sa = state.sa;
    DhGroup.KeyPair keyPair = suite.group().generate(sa.node().random());
    Optional<Octets> shared = keyPair.agree(ke.publicValue());
    IkeSpi peersSpi = IkeSpi.of(suite.chosen().spi());
    if (shared.isEmpty() || peersSpi.isZero()) {
      sa.respond(List.of(Payload.Notify.of(NotifyType.INVALID_SYNTAX)));
      return;
    }
    IkeSpi ownSpi = sa.node().newSpi();
    Nonces nonces = new Nonces(peersNonce, sa.node().random().octets(32));
    sa.respond(
        List.of(
            new Payload.SecurityAssociation(List.of(suite.chosen().withSpi(ownSpi.octets()))),
            new Payload.Nonce(nonces.responders()),
            new Payload.KeyExchange(suite.group().id(), keyPair.publicValue())));
    IkeSa successor = sa.successor(false, peersSpi, ownSpi);
    successor.useKeys(
        suite, IkeSaRekeying.rekeyed(sa, suite, shared.get(), nonces, peersSpi, ownSpi));
    EstablishedState next = new EstablishedState(successor);
    successor.become(next);
    sa.node().register(successor);
    Optional<IkeSaRekeying> own =
        state
            .currentOperation()
            .filter(IkeSaRekeying.class::isInstance)
            .map(IkeSaRekeying.class::cast);
    if (own.isPresent()) {
      next.becomeRedundant();
      own.get().collide(successor, nonces);
    } else {
      succeed(state, successor);
    }
  }

  /** The SA that the peer asked for takes over; the peer deletes the old one. */
  static void succeed(EstablishedState old, IkeSa successor) {
    IkeSa sa = old.sa;
    EstablishedState next = (EstablishedState) successor.state();
    next.becomeCurrent();
    sa.settleRequest();
    old.moveTo(next);
    sa.node().makeCurrent(successor);
    sa.tell(new IkeEvent.IkeSaRekeyed(sa.id(), successor.initiatorSpi(), successor.responderSpi()));
    sa.become(new ReplacedState(sa));
    sa.expireAfter(sa.node().settings().linger(), sa::end);
    next.resume();
  }
}
