package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.ProtocolId;
import vpnlab.wire.ike.TransformType;

/** This end replaces a Child SA (RFC 7296 sections 1.3.3 and 2.8). */
final class ChildRekeying implements Operation {
  private final Child old;
  private final long inboundSpi;
  private final Octets nonce;
  private final List<Proposal> offers;
  private Optional<DhGroup.KeyPair> keyPair;
  private Optional<Nonces> rival = Optional.empty();
  private boolean repeated;

  ChildRekeying(EstablishedState state, Child old) {
    IkeNode node = state.sa.node();
    this.old = old;
    this.inboundSpi = node.newChildSpi();
    this.nonce = node.random().octets(32);
    Octets spi = ChildKeyMaterial.spi(inboundSpi);
    this.offers = node.settings().espProposals().stream().map(p -> p.withSpi(spi)).toList();
    this.keyPair =
        offers.stream()
            .flatMap(p -> p.transforms(TransformType.DH).stream())
            .findFirst()
            .flatMap(t -> DhGroup.of(t.id()))
            .map(group -> group.generate(node.random()));
  }

  boolean isAbout(Child child) {
    return old == child;
  }

  /** The peer has rekeyed the same SA while this request was under way. */
  void collide(Nonces peersExchange) {
    rival = Optional.of(peersExchange);
  }

  @Override
  public void send(EstablishedState state) {
    ChildSa sa = old.sa();
    List<Payload> payloads = new ArrayList<>();
    payloads.add(
        new Payload.Notify(
            ProtocolId.ESP,
            ChildKeyMaterial.spi(sa.inboundSpi()),
            NotifyType.REKEY_SA,
            Octets.EMPTY));
    payloads.add(new Payload.SecurityAssociation(offers));
    payloads.add(new Payload.Nonce(nonce));
    keyPair.ifPresent(
        pair -> payloads.add(new Payload.KeyExchange(pair.group().id(), pair.publicValue())));
    payloads.addAll(new Selectors(sa.local(), sa.remote()).payloads());
    state.sa.sendRequest(ExchangeType.CREATE_CHILD_SA, payloads);
  }

  @Override
  public void response(EstablishedState state, IkeMessage clear) {
    List<Payload.Notify> errors = SaState.errorsOf(clear);
    Optional<DhGroup> wanted = CreateChildSa.wantedGroup(clear, offers);
    if (wanted.isPresent() && !repeated) {
      repeated = true;
      keyPair = Optional.of(wanted.get().generate(state.sa.node().random()));
      send(state);
    } else if (!errors.isEmpty()) {
      state.sa.node().releaseChildSpi(inboundSpi);
      state.sa.tell(new IkeEvent.RekeyRefused(state.sa.id(), errors.get(0).notifyType()));
    } else {
      accept(state, clear);
    }
  }

  private void accept(EstablishedState state, IkeMessage clear) {
    Optional<Proposal> suite =
        CreateChildSa.onlyProposal(clear)
            .filter(proposal -> IkeProposals.isChoiceAmong(proposal, offers))
            .filter(ChildKeyMaterial::isUsable);
    Optional<Octets> peersNonce = clear.first(Payload.Nonce.class).map(Payload.Nonce::nonce);
    Optional<Selectors> selectors = Selectors.of(clear);
    Optional<Octets> shared = suite.flatMap(chosen -> CreateChildSa.shared(chosen, keyPair, clear));
    if (suite.isEmpty() || peersNonce.isEmpty() || selectors.isEmpty() || shared.isEmpty()) {
      state.sa.node().releaseChildSpi(inboundSpi);
      state.sa.fail(new IkeFailure.Malformed("CREATE_CHILD_SA response without a usable SA"));
      return;
    }
    ChildSa fresh =
        ChildKeyMaterial.derive(
                state.sa.suite().prf(),
                state.sa.keys().d(),
                shared.get(),
                nonce,
                peersNonce.get(),
                suite.get())
            .childSa(
                true,
                inboundSpi,
                ChildKeyMaterial.spi(suite.get().spi()),
                suite.get(),
                selectors.get());
    Child added = state.add(fresh);
    Nonces own = new Nonces(nonce, peersNonce.get());
    if (rival.isPresent() && own.loseAgainst(rival.get())) {
      added.replace();
      state.delete(added);
    } else {
      old.replace();
      state.sa.tell(new IkeEvent.ChildRekeyed(state.sa.id(), old.sa(), fresh, false));
      state.delete(old);
    }
  }
}
