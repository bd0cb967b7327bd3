package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.ProtocolId;

/** The peer replaces a Child SA (RFC 7296 sections 1.3.3, 2.8 and 2.25.1). */
final class ChildRekeyAnswer {
  private final EstablishedState state;
  private final IkeSa sa;
  private final Child old;
  private final IkeMessage request;

  private ChildRekeyAnswer(EstablishedState state, Child old, IkeMessage request) {
    this.state = state;
    this.sa = state.sa;
    this.old = old;
    this.request = request;
  }

  static void answer(EstablishedState state, Payload.Notify rekeyed, IkeMessage request) {
    Optional<Child> old = state.childByOutboundSpi(rekeyed.spi());
    boolean rekeyingIke =
        state.currentOperation().filter(IkeSaRekeying.class::isInstance).isPresent();
    if (old.isEmpty()) {
      Payload.Notify unknown =
          new Payload.Notify(
              ProtocolId.ESP, rekeyed.spi(), NotifyType.CHILD_SA_NOT_FOUND, Octets.EMPTY);
      state.sa.respond(List.of(unknown));
    } else if (rekeyingIke || old.get().isLeaving()) {
      state.sa.respond(List.of(Payload.Notify.of(NotifyType.TEMPORARY_FAILURE)));
    } else {
      new ChildRekeyAnswer(state, old.get(), request).negotiate();
    }
  }

  private void negotiate() {
    Optional<Payload.SecurityAssociation> offers = request.first(Payload.SecurityAssociation.class);
    Optional<Octets> nonce = request.first(Payload.Nonce.class).map(Payload.Nonce::nonce);
    Optional<Selectors> asked = Selectors.of(request);
    if (offers.isEmpty() || nonce.isEmpty() || asked.isEmpty()) {
      refuse(NotifyType.INVALID_SYNTAX);
      return;
    }
    Optional<Proposal> suite = choose(offers.get().proposals());
    if (suite.isEmpty()) {
      refuse(NotifyType.NO_PROPOSAL_CHOSEN);
      return;
    }
    Optional<DhGroup> group = CreateChildSa.groupOf(suite.get());
    Optional<Payload.KeyExchange> ke = request.first(Payload.KeyExchange.class);
    if (group.isPresent() && ke.filter(k -> k.group().equals(group.get().id())).isEmpty()) {
      sa.respond(List.of(IkeResponder.invalidKe(group.get())));
      return;
    }
    Optional<DhGroup.KeyPair> keyPair = group.map(g -> g.generate(sa.node().random()));
    Optional<Octets> shared = CreateChildSa.shared(suite.get(), keyPair, request);
    Selectors granted =
        new Selectors(
            Selectors.narrow(asked.get().initiators(), old.sa().remote()),
            Selectors.narrow(asked.get().responders(), old.sa().local()));
    if (shared.isEmpty()) {
      refuse(NotifyType.INVALID_SYNTAX);
    } else if (granted.initiators().isEmpty() || granted.responders().isEmpty()) {
      refuse(NotifyType.TS_UNACCEPTABLE);
    } else {
      accept(suite.get(), keyPair, shared.get(), nonce.get(), granted);
    }
  }

  /** Without a KE payload there can be no group; with one, any group where none is demanded. */
  private Optional<Proposal> choose(List<Proposal> offers) {
    boolean withGroup = request.first(Payload.KeyExchange.class).isPresent();
    List<Proposal> own = sa.node().settings().espProposals();
    List<Proposal> acceptable =
        withGroup ? own.stream().map(IkeProposals::withAnyGroup).toList() : own;
    return IkeProposals.choose(offers, acceptable, true).filter(ChildKeyMaterial::isUsable);
  }

  private void refuse(NotifyType why) {
    sa.respond(List.of(Payload.Notify.of(why)));
  }

  private void accept(
      Proposal suite,
      Optional<DhGroup.KeyPair> keyPair,
      Octets shared,
      Octets peersNonce,
      Selectors selectors) {
    long inbound = sa.node().newChildSpi();
    Octets nonce = sa.node().random().octets(32);
    ChildSa fresh =
        ChildKeyMaterial.derive(sa.suite().prf(), sa.keys().d(), shared, peersNonce, nonce, suite)
            .childSa(false, inbound, ChildKeyMaterial.spi(suite.spi()), suite, selectors);
    List<Payload> payloads = new ArrayList<>();
    payloads.add(
        new Payload.SecurityAssociation(List.of(suite.withSpi(ChildKeyMaterial.spi(inbound)))));
    payloads.add(new Payload.Nonce(nonce));
    keyPair.ifPresent(
        pair -> payloads.add(new Payload.KeyExchange(pair.group().id(), pair.publicValue())));
    payloads.addAll(selectors.payloads());
    sa.respond(payloads);
    state.add(fresh);
    old.replace();
    sa.tell(new IkeEvent.ChildRekeyed(sa.id(), old.sa(), fresh, true));
    state
        .currentOperation()
        .filter(ChildRekeying.class::isInstance)
        .map(ChildRekeying.class::cast)
        .filter(own -> own.isAbout(old))
        .ifPresent(own -> own.collide(new Nonces(peersNonce, nonce)));
  }
}
