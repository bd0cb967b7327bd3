package vpnlab.protocol.eap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapCode;
import vpnlab.wire.eap.EapNak;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapType;

/**
 * The peer of one EAP conversation (RFC 3748): what the client of a VPN runs.
 *
 * <pre>
 *   idle --Identity--> idle          answers with the identity
 *   idle --unknown type--> idle      answers with a Nak that lists the configured methods
 *   idle --known type--> method      from here only this method
 *   method --Request--> method       the method answers, or gives up: ended
 *   method --Success--> ended        only when the method has proven the authenticator
 *   any --Failure--> ended
 * </pre>
 */
public final class EapPeer {
  private final EapPeerConfig config;
  private final RandomSource random;
  private final List<EapType> refusedTypes = new ArrayList<>();
  private Optional<PeerMethod> method = Optional.empty();
  private Optional<EapPeerResult> end = Optional.empty();
  private Octets lastRequest = Octets.EMPTY;
  private Octets lastResponse = Octets.EMPTY;

  public EapPeer(EapPeerConfig config, RandomSource random) {
    this.config = config;
    this.random = random;
  }

  /**
   * Takes a packet from the authenticator. After a {@link EapPeerResult.Success} or {@link
   * EapPeerResult.Failure} all further packets are ignored.
   *
   * @param now by the peer's clock; certificates are judged by it
   * @param packet an EAP packet, not necessarily a good one
   */
  public EapPeerResult handle(Instant now, Octets packet) {
    if (end.isPresent()) {
      return new EapPeerResult.Ignored("the conversation has ended");
    }
    EapPacket decoded;
    try {
      decoded = EapPacket.decode(packet);
    } catch (MalformedMessageException e) {
      return new EapPeerResult.Ignored(e.getMessage());
    }
    if (decoded.isRequest()) {
      return request(now, decoded, packet);
    }
    if (decoded.code().equals(EapCode.SUCCESS)) {
      return success();
    }
    if (decoded.code().equals(EapCode.FAILURE)) {
      return ended(new EapPeerResult.Failure(reasonOfFailure()));
    }
    return new EapPeerResult.Ignored("a peer expects no " + decoded.code());
  }

  /** What has already gone wrong, although the authenticator has not said Failure yet. */
  public Optional<EapPeerFailure> knownFailure() {
    if (end.isPresent() && end.get() instanceof EapPeerResult.Failure failure) {
      return Optional.of(failure.reason());
    }
    return method.flatMap(PeerMethod::failure);
  }

  /** The method that was agreed on. */
  public Optional<EapType> methodType() {
    return method.map(PeerMethod::type);
  }

  private EapPeerResult request(Instant now, EapPacket request, Octets octets) {
    // RFC 3748, section 4.1: a retransmitted Request gets the same Response again.
    if (octets.equals(lastRequest) && !lastResponse.isEmpty()) {
      return new EapPeerResult.Respond(lastResponse);
    }
    int id = request.identifier();
    EapType type = request.type().orElseThrow();
    if (request.isOfType(EapType.IDENTITY)) {
      return respond(octets, EapPacket.identityResponse(id, config.identity()));
    }
    if (request.isOfType(EapType.NOTIFICATION)) {
      return respond(octets, EapPacket.response(id, EapType.NOTIFICATION, Octets.EMPTY));
    }
    if (method.isEmpty()) {
      Optional<EapPeerMethod> configured =
          config.methods().stream().filter(m -> m.type().equals(type.canonical())).findFirst();
      if (configured.isEmpty()) {
        return nak(octets, id, type);
      }
      method = Optional.of(PeerMethod.start(configured.get(), random));
    }
    PeerMethod running = method.get();
    if (!running.type().equals(type.canonical())) {
      return new EapPeerResult.Ignored(type + " in the middle of " + running.type());
    }
    PeerStep step = running.handle(now, request.data());
    if (step instanceof PeerStep.Respond answer) {
      return respond(octets, EapPacket.response(id, type, answer.data()));
    }
    if (step instanceof PeerStep.GiveUp giveUp) {
      return ended(new EapPeerResult.Failure(giveUp.reason()));
    }
    return new EapPeerResult.Ignored(((PeerStep.Ignore) step).why());
  }

  private EapPeerResult nak(Octets request, int id, EapType type) {
    if (!refusedTypes.contains(type) && refusedTypes.size() < 16) {
      refusedTypes.add(type);
    }
    List<EapType> desired = config.methods().stream().map(EapPeerMethod::type).toList();
    EapNak nak = type.isExpanded() ? EapNak.expanded(desired) : EapNak.legacy(desired);
    return respond(request, nak.toResponse(id));
  }

  private EapPeerResult success() {
    // RFC 3748, section 4.2: an early Success is somebody else's, and discarded.
    Optional<EapKeys> keys = method.flatMap(PeerMethod::keys);
    return keys.isEmpty()
        ? new EapPeerResult.Ignored("Success before the method has finished")
        : ended(new EapPeerResult.Success(keys.get(), method.get().type()));
  }

  private EapPeerFailure reasonOfFailure() {
    Optional<EapPeerFailure> known = method.flatMap(PeerMethod::failure);
    if (known.isPresent()) {
      return known.get();
    }
    return method.isEmpty() && !refusedTypes.isEmpty()
        ? new EapPeerFailure.NoCommonMethod(refusedTypes)
        : new EapPeerFailure.Rejected();
  }

  private EapPeerResult respond(Octets request, EapPacket response) {
    lastRequest = request;
    lastResponse = response.encode();
    return new EapPeerResult.Respond(lastResponse);
  }

  private EapPeerResult ended(EapPeerResult result) {
    end = Optional.of(result);
    return result;
  }

  /** For log lines: the identity and the method, no secrets. */
  @Override
  public String toString() {
    String type = methodType().map(EapType::toString).orElse("no method yet");
    return "EapPeer[" + config.identity() + ", " + type + "]";
  }
}
