package vpnlab.protocol.eap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.CryptoBindingTlv;
import vpnlab.wire.eap.EapCode;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapTlsPacket;
import vpnlab.wire.eap.EapTlv;
import vpnlab.wire.eap.EapTlvType;
import vpnlab.wire.eap.EapType;

/**
 * PEAP version 0 on the authenticator's side (MS-PEAP, section 3.3).
 *
 * <pre>
 *   HANDSHAKE --the peer's Finished--> AWAITS_END --acknowledgement--> INNER
 *   HANDSHAKE --the peer's Finished, session resumed--> RESULT
 *   INNER --inner Response--> INNER, or RESULT when the inner method has ended
 *   RESULT --Result TLV, cryptobinding--> succeeded or failed
 *   any --something wrong in TLS--> ALERT --acknowledgement--> failed
 * </pre>
 */
final class PeapAuthenticatorMethod implements AuthenticatorMethod {
  private static final int VERSION = 7;

  private final EapAuthenticatorMethod.Peap config;
  private final RandomSource random;
  private final TlsSide side;
  private final TlsFragments fragments;
  private final TlsEngine engine;
  private final EapAuthenticator inner;
  private Phase phase = Phase.HANDSHAKE;
  private int innerIdentifier;
  private Optional<EapAuthenticatorResult.Success> innerSuccess = Optional.empty();
  private Optional<PeapKeys> bindingKeys = Optional.empty();
  private Optional<EapAuthenticatorFailure> failure = Optional.empty();

  private enum Phase {
    HANDSHAKE,
    AWAITS_END,
    INNER,
    RESULT,
    ALERT
  }

  PeapAuthenticatorMethod(EapAuthenticatorMethod.Peap config, RandomSource random) {
    this.config = config;
    this.random = random;
    EapTlsOptions tls = config.options().tls();
    CertificateJudge nobodyToJudge = (now, chain) -> new CertificateVerdict.Accepted();
    this.side = new TlsSide(EapType.PEAP, config.own(), nobodyToJudge, tls, random);
    this.fragments = new TlsFragments(tls.maxFragment());
    this.engine = TlsEngine.server(EapTlsServer.open(side));
    this.inner = new EapAuthenticator(config.inner(), random);
  }

  @Override
  public EapType type() {
    return EapType.PEAP;
  }

  @Override
  public Optional<EapType> innerType() {
    return inner.methodType().or(() -> side.resumed().flatMap(TlsSessionCache.Kept::inner));
  }

  @Override
  public boolean isResumed() {
    return side.isResumed();
  }

  @Override
  public Optional<EapAuthenticatorFailure> failure() {
    return failure.isPresent() ? failure : inner.knownFailure().map(this::asInner);
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
      int version = packet.flags() & VERSION;
      if (version != 0) {
        return fail(new EapAuthenticatorFailure.VersionUnsupported(version));
      }
      if (fragments.hasNext()) {
        return packet.isAcknowledgement()
            ? new AuthenticatorStep.Request(fragments.next())
            : fail(malformed("PEAP data instead of an acknowledgement"));
      }
      fragments.accept(packet);
      return fragments.isCollecting()
          ? new AuthenticatorStep.Request(EapTlsPacket.acknowledgement().encode())
          : message(now, fragments.takeMessage(), nextIdentifier);
    } catch (MalformedMessageException e) {
      return fail(malformed(e.getMessage()));
    }
  }

  private AuthenticatorStep message(Instant now, Octets message, int nextIdentifier)
      throws MalformedMessageException {
    if (phase == Phase.ALERT) {
      return fail(failure.orElseThrow());
    }
    if (config.own().isEmpty()) {
      return fail(new EapAuthenticatorFailure.OwnCertificateMissing());
    }
    engine.offer(message);
    if (engine.hasFailed()) {
      return tlsFailed();
    }
    return switch (phase) {
      case HANDSHAKE -> handshake(nextIdentifier);
      case AWAITS_END ->
          message.isEmpty() ? request(inner.begin()) : fail(malformed("data after the handshake"));
      case INNER -> inner(now, engine.read(), nextIdentifier);
      case RESULT -> result(engine.read());
      case ALERT -> throw new IllegalStateException("handled above");
    };
  }

  private AuthenticatorStep handshake(int nextIdentifier) {
    Octets output = engine.output();
    if (!side.isComplete()) {
      return output.isEmpty()
          ? fail(malformed("an incomplete TLS flight"))
          : new AuthenticatorStep.Request(fragments.firstWithLength(output));
    }
    if (side.isResumed()) {
      // MS-PEAP, section 3.1.5.4: nothing but the result is left to be exchanged, unless the inner
      // method that the session stands for is no longer allowed.
      return isStillAllowed(side.resumed().orElseThrow())
          ? announce(true, nextIdentifier)
          : request(inner.begin());
    }
    phase = Phase.AWAITS_END;
    return new AuthenticatorStep.Request(fragments.firstWithLength(output));
  }

  private boolean isStillAllowed(TlsSessionCache.Kept session) {
    return config.inner().methods().stream()
        .anyMatch(method -> session.inner().filter(method.type()::equals).isPresent());
  }

  private AuthenticatorStep request(EapAuthenticatorResult result) {
    phase = Phase.INNER;
    Octets packet = ((EapAuthenticatorResult.Request) result).packet();
    innerIdentifier = packet.at(1);
    return send(PeapCompression.compress(packet));
  }

  private AuthenticatorStep send(Octets plain) {
    engine.write(plain);
    return new AuthenticatorStep.Request(fragments.first(engine.output()));
  }

  private AuthenticatorStep inner(Instant now, Octets plain, int nextIdentifier)
      throws MalformedMessageException {
    EapPacket response = PeapCompression.decompress(plain, EapCode.RESPONSE, innerIdentifier);
    EapAuthenticatorResult result = inner.handle(now, response.encode());
    if (result instanceof EapAuthenticatorResult.Request) {
      return request(result);
    }
    if (result instanceof EapAuthenticatorResult.Success success) {
      innerSuccess = Optional.of(success);
      return announce(true, nextIdentifier);
    }
    if (result instanceof EapAuthenticatorResult.Failure refused) {
      failure = Optional.of(asInner(refused.reason()));
      return announce(false, nextIdentifier);
    }
    // It cannot come again: TLS has taken the record. Silence would leave both sides waiting.
    return fail(malformed("inner: " + ((EapAuthenticatorResult.Ignored) result).why()));
  }

  /** Sends the Result TLV, with a good one also our half of the cryptobinding. */
  private AuthenticatorStep announce(boolean success, int nextIdentifier) {
    phase = Phase.RESULT;
    List<EapTlv> tlvs = new ArrayList<>();
    tlvs.add(EapTlv.result(success));
    if (success && config.options().supportsBinding()) {
      Octets material = side.keyMaterial().orElseThrow();
      PeapKeys keys =
          innerSuccess
              .map(done -> PeapKeys.ofInner(material, done.keys()))
              .orElseGet(() -> PeapKeys.ofResumed(material));
      bindingKeys = Optional.of(keys);
      CryptoBindingTlv unsigned =
          CryptoBindingTlv.unsigned(
              CryptoBindingTlv.REQUEST, random.octets(CryptoBindingTlv.NONCE));
      tlvs.add(unsigned.withMac(keys.compoundMac(unsigned.toTlv())).toTlv());
    }
    Octets packet =
        EapPacket.request(nextIdentifier, EapType.TLV_EXTENSIONS, EapTlv.encodeAll(tlvs)).encode();
    innerIdentifier = nextIdentifier;
    return send(PeapCompression.compress(packet));
  }

  private AuthenticatorStep result(Octets plain) throws MalformedMessageException {
    if (failure.isPresent()) {
      // Whatever the peer thinks of it, our answer stands.
      return fail(failure.get());
    }
    EapPacket packet = PeapCompression.decompress(plain, EapCode.RESPONSE, innerIdentifier);
    if (!packet.isOfType(EapType.TLV_EXTENSIONS)) {
      return fail(malformed(packet.type().orElseThrow() + " instead of a Result TLV"));
    }
    List<EapTlv> tlvs = EapTlv.decodeAll(packet.data());
    if (!EapTlv.resultOf(tlvs).orElse(false)) {
      return fail(new EapAuthenticatorFailure.ResultRefusedByPeer());
    }
    Optional<EapTlv> binding = EapTlv.only(EapTlvType.CRYPTO_BINDING, tlvs);
    if (bindingKeys.isPresent() && binding.isPresent()) {
      return isGood(binding.get(), bindingKeys.get())
          ? succeed(bindingKeys.get().sessionKeys())
          : fail(new EapAuthenticatorFailure.CryptobindingInvalid());
    }
    return config.options().requiresBinding()
        ? fail(new EapAuthenticatorFailure.CryptobindingMissing())
        : succeed(EapKeys.ofMsk(side.keyMaterial().orElseThrow().slice(0, 64)));
  }

  private static boolean isGood(EapTlv tlv, PeapKeys keys) throws MalformedMessageException {
    CryptoBindingTlv binding = CryptoBindingTlv.decode(tlv.value());
    return binding.subtype() == CryptoBindingTlv.RESPONSE
        && binding.compoundMac().equalsInConstantTime(keys.compoundMac(tlv));
  }

  private AuthenticatorStep succeed(EapKeys keys) {
    if (innerSuccess.isEmpty()) {
      TlsSessionCache.Kept before = side.resumed().orElseThrow();
      return new AuthenticatorStep.Succeed(keys, before.name(), before.chain());
    }
    EapAuthenticatorResult.Success done = innerSuccess.get();
    side.keepSession(done.name(), done.chain(), Optional.of(done.method()));
    return new AuthenticatorStep.Succeed(keys, done.name(), done.chain());
  }

  /** The alert goes out first, and Failure only when the peer has acknowledged it. */
  private AuthenticatorStep tlsFailed() {
    EapAuthenticatorFailure reason = side.authenticatorFailure();
    Octets alert = engine.output();
    if (alert.isEmpty() || side.receivedAlert().isPresent()) {
      return fail(reason);
    }
    phase = Phase.ALERT;
    failure = Optional.of(reason);
    return new AuthenticatorStep.Request(fragments.first(alert));
  }

  private EapAuthenticatorFailure asInner(EapAuthenticatorFailure reason) {
    return reason instanceof EapAuthenticatorFailure.MethodRejectedByPeer rejected
        ? new EapAuthenticatorFailure.InnerMethodRejectedByPeer(
            rejected.proposed(), rejected.desired())
        : reason;
  }

  private static EapAuthenticatorFailure malformed(String what) {
    return new EapAuthenticatorFailure.Malformed(what);
  }

  private AuthenticatorStep fail(EapAuthenticatorFailure reason) {
    failure = Optional.of(reason);
    side.forgetSession();
    return new AuthenticatorStep.Fail(reason);
  }
}
