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
 * PEAP version 0 on the peer's side (MS-PEAP, section 3.2).
 *
 * <pre>
 *   awaits start --Start--> phase 1                 sends the ClientHello
 *   phase 1 --TLS--> phase 1, phase 2               acknowledges, or sends TLS of its own
 *   phase 2 --inner Request--> phase 2              the inner peer answers
 *   phase 2 --Result TLV, cryptobinding--> done     answers in kind; Success may come
 *   any --something wrong--> failed                 sends an alert or Result failure; Failure comes
 * </pre>
 */
final class PeapPeerMethod implements PeerMethod {
  private final EapPeerMethod.Peap config;
  private final RandomSource random;
  private final TlsSide side;
  private final TlsFragments fragments;
  private final EapPeer inner;
  private final List<EapType> innerProposals = new ArrayList<>();
  private Optional<TlsEngine> engine = Optional.empty();
  private int innerIdentifier;
  private Optional<EapKeys> keys = Optional.empty();
  private Optional<EapPeerFailure> failure = Optional.empty();

  PeapPeerMethod(EapPeerMethod.Peap config, RandomSource random) {
    this.config = config;
    this.random = random;
    EapTlsOptions tls = config.options().tls();
    this.side = new TlsSide(EapType.PEAP, Optional.empty(), config.judge(), tls, random);
    this.fragments = new TlsFragments(tls.maxFragment());
    this.inner = new EapPeer(config.inner(), random);
  }

  @Override
  public EapType type() {
    return EapType.PEAP;
  }

  @Override
  public Optional<EapKeys> keys() {
    return failure.isEmpty() ? keys : Optional.empty();
  }

  @Override
  public Optional<EapPeerFailure> failure() {
    return failure.isPresent() ? failure : inner.knownFailure();
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
      return new PeerStep.Ignore("PEAP before its Start");
    }
    if (fragments.hasNext()) {
      return packet.isAcknowledgement()
          ? new PeerStep.Respond(fragments.next())
          : new PeerStep.Ignore("PEAP data where an acknowledgement is due");
    }
    try {
      fragments.accept(packet);
      return fragments.isCollecting() ? acknowledge() : message(now, fragments.takeMessage());
    } catch (MalformedMessageException e) {
      return giveUp(new EapPeerFailure.ProtocolViolation(e.getMessage()));
    }
  }

  /** The Start names the authenticator's highest version; ours is 0, which all must have. */
  private PeerStep start() {
    if (engine.isPresent()) {
      return new PeerStep.Ignore("PEAP Start in the middle");
    }
    TlsEngine started = TlsEngine.client(new EapTlsClient(side));
    engine = Optional.of(started);
    return new PeerStep.Respond(fragments.firstWithLength(started.output()));
  }

  private PeerStep message(Instant now, Octets message) throws MalformedMessageException {
    TlsEngine tls = engine.orElseThrow();
    tls.offer(message);
    side.rethrowJudgeFault();
    if (failure.isEmpty() && tls.hasFailed()) {
      failure = Optional.of(side.peerFailure());
      side.forgetSession();
    }
    Octets output = tls.output();
    if (!output.isEmpty()) {
      return new PeerStep.Respond(fragments.firstWithLength(output));
    }
    Octets plain = tls.hasFailed() ? Octets.EMPTY : tls.read();
    return plain.isEmpty() ? acknowledge() : phase2(now, plain);
  }

  private PeerStep phase2(Instant now, Octets plain) throws MalformedMessageException {
    // Each has an identifier of its own: two equal Requests are not a retransmission in here.
    innerIdentifier = (innerIdentifier + 1) & 0xff;
    EapPacket request = PeapCompression.decompress(plain, EapCode.REQUEST, innerIdentifier);
    if (request.isOfType(EapType.TLV_EXTENSIONS)) {
      return extensions(now, request.identifier(), EapTlv.decodeAll(request.data()));
    }
    EapPeerResult result = inner.handle(now, request.encode());
    if (result instanceof EapPeerResult.Respond answer) {
      EapPacket response = EapPacket.decode(answer.response());
      if (response.isOfType(EapType.NAK)) {
        innerProposals.add(request.type().orElseThrow());
      }
      return send(PeapCompression.compress(answer.response()));
    }
    if (result instanceof EapPeerResult.Failure refused) {
      return giveUp(refused.reason());
    }
    String why = result instanceof EapPeerResult.Ignored ignored ? ignored.why() : "early success";
    return giveUp(new EapPeerFailure.ProtocolViolation("inner: " + why));
  }

  private PeerStep extensions(Instant now, int identifier, List<EapTlv> tlvs)
      throws MalformedMessageException {
    Optional<EapTlv> stranger =
        tlvs.stream().filter(tlv -> tlv.mandatory() && !isKnown(tlv.type())).findFirst();
    if (stranger.isPresent()) {
      return answer(identifier, List.of(EapTlv.nak(stranger.get().type())));
    }
    Optional<Boolean> success = EapTlv.resultOf(tlvs);
    if (success.isEmpty()) {
      return giveUp(new EapPeerFailure.ProtocolViolation("TLVs without a Result"));
    }
    if (!success.get()) {
      failure = Optional.of(reasonOfFailure(now));
      side.forgetSession();
      return answer(identifier, List.of(EapTlv.result(false)));
    }
    return success(now, identifier, EapTlv.only(EapTlvType.CRYPTO_BINDING, tlvs));
  }

  private static boolean isKnown(EapTlvType type) {
    return type.equals(EapTlvType.RESULT)
        || type.equals(EapTlvType.CRYPTO_BINDING)
        || type.equals(EapTlvType.NAK);
  }

  private PeerStep success(Instant now, int identifier, Optional<EapTlv> request)
      throws MalformedMessageException {
    Octets material = side.keyMaterial().orElseThrow();
    Optional<PeapKeys> binding = bindingKeys(now, material);
    if (binding.isEmpty()) {
      return refuse(
          identifier, new EapPeerFailure.ProtocolViolation("success before the inner method's"));
    }
    boolean binds = request.isPresent() && config.options().supportsBinding();
    if (!binds && config.options().requiresBinding()) {
      return refuse(identifier, new EapPeerFailure.CryptobindingMissing());
    }
    if (binds && !isGood(request.get(), binding.get())) {
      return refuse(identifier, new EapPeerFailure.CryptobindingInvalid());
    }
    List<EapTlv> answer = new ArrayList<>(List.of(EapTlv.result(true)));
    if (binds) {
      CryptoBindingTlv unsigned =
          CryptoBindingTlv.unsigned(
              CryptoBindingTlv.RESPONSE, random.octets(CryptoBindingTlv.NONCE));
      answer.add(unsigned.withMac(binding.get().compoundMac(unsigned.toTlv())).toTlv());
    }
    keys = Optional.of(binds ? binding.get().sessionKeys() : EapKeys.ofMsk(material.slice(0, 64)));
    side.keepSession(config.inner().identity(), List.of(), inner.methodType());
    return answer(identifier, answer);
  }

  /** Empty when the authenticator is content before the peer can be. */
  private Optional<PeapKeys> bindingKeys(Instant now, Octets material) {
    if (side.isResumed() && inner.methodType().isEmpty()) {
      return Optional.of(PeapKeys.ofResumed(material));
    }
    // The inner Success never travels: the Result TLV stands for it (MS-PEAP, section 3.1.5.6).
    EapPeerResult end = inner.handle(now, EapPacket.success(0).encode());
    return end instanceof EapPeerResult.Success done
        ? Optional.of(PeapKeys.ofInner(material, done.keys()))
        : Optional.empty();
  }

  private static boolean isGood(EapTlv tlv, PeapKeys keys) throws MalformedMessageException {
    CryptoBindingTlv binding = CryptoBindingTlv.decode(tlv.value());
    return binding.subtype() == CryptoBindingTlv.REQUEST
        && binding.compoundMac().equalsInConstantTime(keys.compoundMac(tlv));
  }

  private EapPeerFailure reasonOfFailure(Instant now) {
    EapPeerResult end = inner.handle(now, EapPacket.failure(0).encode());
    EapPeerFailure reason =
        end instanceof EapPeerResult.Failure told
            ? told.reason()
            : inner.knownFailure().orElseGet(EapPeerFailure.Rejected::new);
    return reason instanceof EapPeerFailure.NoCommonMethod
        ? new EapPeerFailure.NoCommonInnerMethod(innerProposals)
        : reason;
  }

  private PeerStep refuse(int identifier, EapPeerFailure reason) {
    failure = Optional.of(reason);
    side.forgetSession();
    return answer(identifier, List.of(EapTlv.result(false)));
  }

  private PeerStep answer(int identifier, List<EapTlv> tlvs) {
    EapPacket packet =
        EapPacket.response(identifier, EapType.TLV_EXTENSIONS, EapTlv.encodeAll(tlvs));
    return send(PeapCompression.compress(packet.encode()));
  }

  private PeerStep send(Octets plain) {
    TlsEngine tls = engine.orElseThrow();
    tls.write(plain);
    return new PeerStep.Respond(fragments.first(tls.output()));
  }

  private PeerStep giveUp(EapPeerFailure reason) {
    failure = Optional.of(reason);
    side.forgetSession();
    return new PeerStep.GiveUp(reason);
  }

  private static PeerStep acknowledge() {
    return new PeerStep.Respond(EapTlsPacket.acknowledgement().encode());
  }
}
