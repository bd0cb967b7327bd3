package vpnlab.protocol.eap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapNak;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapType;

/**
 * The authenticator of one EAP conversation (RFC 3748): what NPS runs behind RADIUS, and a VPN
 * server that needs no RADIUS runs itself.
 *
 * <pre>
 *   new --begin--> awaits identity
 *   new, awaits identity --Identity--> method proposed
 *   method proposed --Nak--> another method proposed, or ended
 *   method proposed --Response--> method runs
 *   method runs --Response--> method runs, or ended
 * </pre>
 */
public final class EapAuthenticator {
  /** Some 400 are needed for a long chain in the smallest fragments; more is a peer's game. */
  private static final int MAX_ROUNDS = 500;

  private final List<EapAuthenticatorMethod> untried;
  private final RandomSource random;
  private Optional<AuthenticatorMethod> method = Optional.empty();
  private Optional<String> identity = Optional.empty();
  private Optional<EapAuthenticatorResult> end = Optional.empty();
  private boolean methodAnswered;
  private int outstanding = -1;
  private int rounds;

  public EapAuthenticator(EapAuthenticatorConfig config, RandomSource random) {
    this.untried = new ArrayList<>(config.methods());
    this.random = random;
  }

  /** The Identity Request that starts a conversation, when nobody else has sent one already. */
  public EapAuthenticatorResult begin() {
    outstanding = random.octets(1).at(0);
    return new EapAuthenticatorResult.Request(EapPacket.identityRequest(outstanding).encode());
  }

  /**
   * Takes a Response. The first one must be the Identity.
   *
   * @param now by the authenticator's clock; certificates and accounts are judged by it
   * @param packet an EAP packet, not necessarily a good one
   */
  public EapAuthenticatorResult handle(Instant now, Octets packet) {
    if (end.isPresent()) {
      return new EapAuthenticatorResult.Ignored("the conversation has ended");
    }
    EapPacket response;
    try {
      response = EapPacket.decode(packet);
    } catch (MalformedMessageException e) {
      return new EapAuthenticatorResult.Ignored(e.getMessage());
    }
    if (!response.isResponse()) {
      return new EapAuthenticatorResult.Ignored("an authenticator expects no " + response.code());
    }
    if (outstanding >= 0 && response.identifier() != outstanding) {
      return new EapAuthenticatorResult.Ignored(
          "Response " + response.identifier() + " to Request " + outstanding);
    }
    outstanding = response.identifier();
    if (++rounds > MAX_ROUNDS) {
      return fail(new EapAuthenticatorFailure.Aborted("after " + MAX_ROUNDS + " rounds"));
    }
    if (identity.isEmpty()) {
      return identity(response);
    }
    return EapNak.isNak(response) ? nak(response) : toMethod(now, response);
  }

  /** Ends the conversation in failure, because the owner wants so. */
  public EapAuthenticatorResult abort(String why) {
    return end.isPresent()
        ? new EapAuthenticatorResult.Ignored("the conversation has ended")
        : fail(new EapAuthenticatorFailure.Aborted(why));
  }

  /** What the peer has said in its Identity Response. */
  public Optional<String> identity() {
    return identity;
  }

  /** The method that was proposed last. */
  public Optional<EapType> methodType() {
    return method.map(AuthenticatorMethod::type);
  }

  /** The method inside PEAP, as far as it has been proposed or a resumed session had it. */
  public Optional<EapType> innerMethodType() {
    return method.flatMap(AuthenticatorMethod::innerType);
  }

  /** Whether the method took up an earlier TLS session (PEAP: fast reconnect). */
  public boolean isResumed() {
    return method.map(AuthenticatorMethod::isResumed).orElse(false);
  }

  /**
   * Why the conversation cannot end well any more, even while the peer's last word is still awaited
   * (it may never come).
   */
  public Optional<EapAuthenticatorFailure> knownFailure() {
    if (end.isPresent() && end.get() instanceof EapAuthenticatorResult.Failure failure) {
      return Optional.of(failure.reason());
    }
    return method.flatMap(AuthenticatorMethod::failure);
  }

  private EapAuthenticatorResult identity(EapPacket response) {
    if (!response.isOfType(EapType.IDENTITY)) {
      return new EapAuthenticatorResult.Ignored("the Identity must come first");
    }
    identity = Optional.of(response.text());
    return untried.isEmpty()
        ? fail(new EapAuthenticatorFailure.Aborted("no EAP method is configured"))
        : propose(untried.get(0));
  }

  private EapAuthenticatorResult propose(EapAuthenticatorMethod chosen) {
    untried.remove(chosen);
    AuthenticatorMethod started = AuthenticatorMethod.start(chosen, identity.orElseThrow(), random);
    method = Optional.of(started);
    int id = nextIdentifier();
    return request(id, started.type(), started.begin(id));
  }

  private EapAuthenticatorResult nak(EapPacket response) {
    EapType proposed = method.orElseThrow().type();
    if (methodAnswered) {
      // RFC 3748, section 2.1: a Nak is an answer to the first Request of a method only.
      return new EapAuthenticatorResult.Ignored("Nak in the middle of " + proposed);
    }
    List<EapType> desired;
    try {
      desired = EapNak.decode(response).alternatives();
    } catch (MalformedMessageException e) {
      return fail(new EapAuthenticatorFailure.Malformed(e.getMessage()));
    }
    return desired.stream()
        .flatMap(type -> untried.stream().filter(m -> m.type().equals(type)))
        .findFirst()
        .map(this::propose)
        .orElseGet(() -> fail(new EapAuthenticatorFailure.MethodRejectedByPeer(proposed, desired)));
  }

  private EapAuthenticatorResult toMethod(Instant now, EapPacket response) {
    AuthenticatorMethod running = method.orElseThrow();
    if (!response.isOfType(running.type())) {
      return new EapAuthenticatorResult.Ignored(
          response.type().orElseThrow() + " in the middle of " + running.type());
    }
    methodAnswered = true;
    int id = nextIdentifier();
    AuthenticatorStep step = running.handle(now, response.data(), id);
    if (step instanceof AuthenticatorStep.Request request) {
      return request(id, running.type(), request.data());
    }
    if (step instanceof AuthenticatorStep.Fail failed) {
      return fail(failed.reason());
    }
    if (step instanceof AuthenticatorStep.Succeed success) {
      Octets packet = EapPacket.success(outstanding).encode();
      return ended(
          new EapAuthenticatorResult.Success(
              packet, success.keys(), running.type(), success.name(), success.chain()));
    }
    return new EapAuthenticatorResult.Ignored(((AuthenticatorStep.Ignore) step).why());
  }

  private EapAuthenticatorResult request(int id, EapType type, Octets data) {
    outstanding = id;
    return new EapAuthenticatorResult.Request(EapPacket.request(id, type, data).encode());
  }

  /** RFC 3748, section 4.2: Failure and Success carry the identifier of the last Response. */
  private EapAuthenticatorResult fail(EapAuthenticatorFailure reason) {
    Octets packet = EapPacket.failure(Math.max(outstanding, 0)).encode();
    return ended(new EapAuthenticatorResult.Failure(packet, reason));
  }

  private EapAuthenticatorResult ended(EapAuthenticatorResult result) {
    end = Optional.of(result);
    return result;
  }

  private int nextIdentifier() {
    return (outstanding + 1) & 0xff;
  }
}
