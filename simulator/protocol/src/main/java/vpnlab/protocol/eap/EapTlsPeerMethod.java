package vpnlab.protocol.eap;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapTlsPacket;
import vpnlab.wire.eap.EapType;

/**
 * EAP-TLS on the peer's side (RFC 5216; with TLS 1.3 RFC 9190).
 *
 * <pre>
 *   awaits start --Start--> handshake      sends the ClientHello
 *   handshake --fragment--> handshake      acknowledges, or sends its own next fragment
 *   handshake --last flight--> done        acknowledges; Success may come
 *   handshake --something wrong--> failed  sends an alert, or acknowledges one; Failure will come
 * </pre>
 */
final class EapTlsPeerMethod implements PeerMethod {
  private final TlsSide side;
  private final TlsFragments fragments;
  private Optional<TlsEngine> engine = Optional.empty();
  private Optional<EapPeerFailure> failure = Optional.empty();
  private boolean committed;

  EapTlsPeerMethod(EapPeerMethod.Tls config, RandomSource random) {
    this.side = new TlsSide(EapType.TLS, config.own(), config.judge(), config.options(), random);
    this.fragments = new TlsFragments(config.options().maxFragment());
  }

  @Override
  public EapType type() {
    return EapType.TLS;
  }

  @Override
  public Optional<EapKeys> keys() {
    boolean done = side.isComplete() && failure.isEmpty() && (!side.usesTls13() || committed);
    return done ? side.keyMaterial().map(k -> EapKeys.ofMsk(k.slice(0, 64))) : Optional.empty();
  }

  @Override
  public Optional<EapPeerFailure> failure() {
    return failure;
  }

  @Override
  public PeerStep handle(Instant now, Octets data) {
    EapTlsPacket packet;
    try {
      packet = EapTlsPacket.decode(data);
    } catch (MalformedMessageException e) {
      return new PeerStep.Ignore(e.getMessage());
    }
    side.setNow(now);
    if (packet.isStart()) {
      return start();
    }
    if (engine.isEmpty()) {
      return new PeerStep.Ignore("EAP-TLS before its Start");
    }
    if (fragments.hasNext()) {
      return packet.isAcknowledgement()
          ? new PeerStep.Respond(fragments.next())
          : new PeerStep.Ignore("EAP-TLS data where an acknowledgement is due");
    }
    try {
      fragments.accept(packet);
    } catch (MalformedMessageException e) {
      failure = Optional.of(new EapPeerFailure.ProtocolViolation(e.getMessage()));
      return new PeerStep.GiveUp(failure.get());
    }
    return fragments.isCollecting() ? acknowledge() : message(fragments.takeMessage());
  }

  private PeerStep start() {
    if (engine.isPresent()) {
      return new PeerStep.Ignore("EAP-TLS Start in the middle");
    }
    TlsEngine started = TlsEngine.client(new EapTlsClient(side));
    engine = Optional.of(started);
    return new PeerStep.Respond(fragments.first(started.output()));
  }

  private PeerStep message(Octets message) {
    TlsEngine tls = engine.orElseThrow();
    tls.offer(message);
    side.rethrowJudgeFault();
    if (side.usesTls13() && !committed) {
      // RFC 9190, section 2.5: an octet of zero promises that no more handshake messages follow.
      committed = tls.read().equals(Octets.zeros(1));
    }
    if (failure.isEmpty() && tls.hasFailed()) {
      failure = Optional.of(side.peerFailure());
      side.forgetSession();
    }
    if (keys().isPresent()) {
      side.keepSession("", List.of(), Optional.empty());
    }
    Octets output = tls.output();
    return output.isEmpty() ? acknowledge() : new PeerStep.Respond(fragments.first(output));
  }

  private static PeerStep acknowledge() {
    return new PeerStep.Respond(EapTlsPacket.acknowledgement().encode());
  }
}
