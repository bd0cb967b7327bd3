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
 * EAP-TLS on the authenticator's side (RFC 5216; with TLS 1.3 RFC 9190).
 *
 * <pre>
 *   started --ClientHello--> handshake
 *   handshake --fragment--> handshake               acknowledges, or sends its own next fragment
 *   handshake --the peer's Finished, session resumed--> succeeded
 *   handshake --the peer's Finished--> awaits the last acknowledgement --> succeeded
 *   handshake --something wrong--> alert sent --whatever--> failed
 *   handshake --alert--> failed
 * </pre>
 */
final class EapTlsAuthenticatorMethod implements AuthenticatorMethod {
  private final TlsSide side;
  private final TlsFragments fragments;
  private final TlsEngine engine;
  private final String identity;
  private final boolean ready;
  private Optional<EapAuthenticatorFailure> failure = Optional.empty();
  private boolean committed;

  EapTlsAuthenticatorMethod(
      EapAuthenticatorMethod.Tls config, String identity, RandomSource random) {
    this.ready = config.own().isPresent();
    this.side = new TlsSide(EapType.TLS, config.own(), config.judge(), config.options(), random);
    this.fragments = new TlsFragments(config.options().maxFragment());
    this.engine = TlsEngine.server(EapTlsServer.requestingCertificate(side, config.authorities()));
    this.identity = identity;
  }

  @Override
  public EapType type() {
    return EapType.TLS;
  }

  @Override
  public Optional<EapAuthenticatorFailure> failure() {
    return failure;
  }

  @Override
  public boolean isResumed() {
    return side.isResumed();
  }

  @Override
  public Octets begin(int identifier) {
    return EapTlsPacket.start().encode();
  }

  @Override
  public AuthenticatorStep handle(Instant now, Octets data, int nextIdentifier) {
    side.setNow(now);
    try {
      EapTlsPacket packet = EapTlsPacket.decode(data);
      if (fragments.hasNext()) {
        return packet.isAcknowledgement()
            ? new AuthenticatorStep.Request(fragments.next())
            : fail(
                new EapAuthenticatorFailure.Malformed(
                    "EAP-TLS data instead of an acknowledgement"));
      }
      fragments.accept(packet);
    } catch (MalformedMessageException e) {
      return fail(new EapAuthenticatorFailure.Malformed(e.getMessage()));
    }
    return fragments.isCollecting()
        ? new AuthenticatorStep.Request(EapTlsPacket.acknowledgement().encode())
        : message(fragments.takeMessage());
  }

  private AuthenticatorStep message(Octets message) {
    if (failure.isPresent()) {
      return new AuthenticatorStep.Fail(failure.get());
    }
    if (!ready) {
      return fail(new EapAuthenticatorFailure.OwnCertificateMissing());
    }
    boolean wasComplete = side.isComplete();
    engine.offer(message);
    side.rethrowJudgeFault();
    if (engine.hasFailed()) {
      return failed();
    }
    if (wasComplete) {
      return message.isEmpty()
          ? succeed()
          : fail(new EapAuthenticatorFailure.Malformed("data after the TLS handshake"));
    }
    if (side.isComplete() && side.usesTls13() && !committed) {
      // RFC 9190, section 2.5: an octet of zero promises that no more handshake messages follow.
      committed = true;
      engine.write(Octets.zeros(1));
    }
    Octets output = engine.output();
    if (!output.isEmpty()) {
      return new AuthenticatorStep.Request(fragments.first(output));
    }
    if (side.isResumed()) {
      // The short handshake ends with the peer's Finished, and nothing is left to be said.
      return succeed();
    }
    return fail(new EapAuthenticatorFailure.Malformed("an incomplete TLS flight"));
  }

  /** The alert goes out first, and Failure only when the peer has acknowledged it. */
  private AuthenticatorStep failed() {
    EapAuthenticatorFailure reason = side.authenticatorFailure();
    failure = Optional.of(reason);
    side.forgetSession();
    Octets alert = engine.output();
    return alert.isEmpty() || side.receivedAlert().isPresent()
        ? new AuthenticatorStep.Fail(reason)
        : new AuthenticatorStep.Request(fragments.first(alert));
  }

  private AuthenticatorStep succeed() {
    EapKeys keys = EapKeys.ofMsk(side.keyMaterial().orElseThrow().slice(0, 64));
    List<Octets> chain =
        side.resumed().map(TlsSessionCache.Kept::chain).orElseGet(side::otherChain);
    side.keepSession(identity, chain, Optional.empty());
    return new AuthenticatorStep.Succeed(keys, identity, chain);
  }

  private AuthenticatorStep fail(EapAuthenticatorFailure reason) {
    failure = Optional.of(reason);
    return new AuthenticatorStep.Fail(reason);
  }
}
