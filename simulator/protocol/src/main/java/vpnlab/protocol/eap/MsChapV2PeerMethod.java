package vpnlab.protocol.eap;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.mschap.MsChapV2;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;
import vpnlab.wire.eap.MsChapV2FailureMessage;
import vpnlab.wire.eap.MsChapV2Packet;
import vpnlab.wire.eap.MsChapV2SuccessMessage;

/**
 * EAP-MSCHAPv2 on the peer's side (draft-kamath-pppext-eap-mschapv2).
 *
 * <pre>
 *   awaits challenge --Challenge--> awaits verdict
 *   awaits verdict --Success with the right S=--> proven
 *   awaits verdict --Failure, R=1 and another password--> awaits verdict
 *   awaits verdict --Failure--> failed
 * </pre>
 */
final class MsChapV2PeerMethod implements PeerMethod {
  private final EapPeerMethod.MsChapV2 config;
  private final RandomSource random;
  private Optional<Exchange> exchange = Optional.empty();
  private Octets lastChallenge = Octets.EMPTY;
  private Optional<EapKeys> keys = Optional.empty();
  private Optional<EapPeerFailure> failure = Optional.empty();

  /** A Response under way: what the authenticator's proof is made of. */
  private record Exchange(Octets ntHash, Octets ntResponse, Octets authenticatorResponse) {}

  MsChapV2PeerMethod(EapPeerMethod.MsChapV2 config, RandomSource random) {
    this.config = config;
    this.random = random;
  }

  @Override
  public EapType type() {
    return EapType.MSCHAPV2;
  }

  @Override
  public Optional<EapKeys> keys() {
    return keys;
  }

  @Override
  public Optional<EapPeerFailure> failure() {
    return failure;
  }

  @Override
  public PeerStep handle(Instant now, Octets data) {
    MsChapV2Packet packet;
    try {
      packet = MsChapV2Packet.decode(data);
    } catch (MalformedMessageException e) {
      return new PeerStep.Ignore(e.getMessage());
    }
    if (keys.isPresent() || failure.isPresent()) {
      return new PeerStep.Ignore("EAP-MSCHAPv2 has come to its end already");
    }
    if (packet instanceof MsChapV2Packet.Challenge challenge) {
      return respond(challenge.id(), challenge.challenge(), config.password());
    }
    if (exchange.isPresent() && packet instanceof MsChapV2Packet.SuccessRequest success) {
      return success(success);
    }
    if (exchange.isPresent() && packet instanceof MsChapV2Packet.FailureRequest refused) {
      return failure(refused);
    }
    return new PeerStep.Ignore("unexpected " + packet.getClass().getSimpleName());
  }

  private PeerStep respond(int id, Octets challenge, String password) {
    Octets peerChallenge = random.octets(16);
    Octets hash = MsChapV2.ntPasswordHash(password);
    String user = config.userName();
    Octets ntResponse = MsChapV2.generateNtResponse(challenge, peerChallenge, user, hash);
    Octets proof =
        MsChapV2.generateAuthenticatorResponse(hash, ntResponse, peerChallenge, challenge, user);
    exchange = Optional.of(new Exchange(hash, ntResponse, proof));
    lastChallenge = challenge;
    Octets name = Octets.ofText(user, StandardCharsets.UTF_8);
    return new PeerStep.Respond(
        new MsChapV2Packet.Response(id, peerChallenge, ntResponse, name).encode());
  }

  private PeerStep success(MsChapV2Packet.SuccessRequest packet) {
    MsChapV2SuccessMessage message;
    try {
      message = MsChapV2SuccessMessage.decode(packet.message());
    } catch (MalformedMessageException e) {
      return giveUp(new EapPeerFailure.ProtocolViolation(e.getMessage()));
    }
    Exchange done = exchange.orElseThrow();
    if (!message.authenticatorResponse().equalsInConstantTime(done.authenticatorResponse())) {
      return giveUp(new EapPeerFailure.AuthenticatorUnproven());
    }
    keys = Optional.of(EapKeys.ofMsChapV2(done.ntHash(), done.ntResponse()));
    return new PeerStep.Respond(new MsChapV2Packet.SuccessResponse().encode());
  }

  private PeerStep failure(MsChapV2Packet.FailureRequest packet) {
    MsChapV2FailureMessage message;
    try {
      message = MsChapV2FailureMessage.decode(packet.message());
    } catch (MalformedMessageException e) {
      return giveUp(new EapPeerFailure.ProtocolViolation(e.getMessage()));
    }
    Optional<String> another =
        message.retryAllowed() ? config.prompt().ask(message) : Optional.empty();
    if (another.isPresent()) {
      Octets next = message.challenge().isEmpty() ? lastChallenge : message.challenge();
      return respond(packet.id(), next, another.get());
    }
    EapPeerFailure reason =
        new EapPeerFailure.MsChapError(message.error(), message.retryAllowed(), message.message());
    if (config.answer() == EapPeerMethod.FailureAnswer.HANG_UP) {
      return giveUp(reason);
    }
    failure = Optional.of(reason);
    return new PeerStep.Respond(new MsChapV2Packet.FailureResponse().encode());
  }

  private PeerStep giveUp(EapPeerFailure reason) {
    failure = Optional.of(reason);
    return new PeerStep.GiveUp(reason);
  }
}
