package vpnlab.protocol.eap;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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
 * EAP-MSCHAPv2 on the authenticator's side (draft-kamath-pppext-eap-mschapv2).
 *
 * <pre>
 *   awaits response --right--> awaits success acknowledgement --> succeeded
 *   awaits response --wrong, retries left--> awaits response (R=1, a new challenge)
 *   awaits response --wrong or refused--> awaits failure acknowledgement --> failed
 * </pre>
 */
final class MsChapV2AuthenticatorMethod implements AuthenticatorMethod {
  private final EapAuthenticatorMethod.MsChapV2 config;
  private final RandomSource random;
  private int retriesLeft;
  private Octets challenge = Octets.EMPTY;
  private boolean retryOffered;
  private Optional<EapAuthenticatorFailure> failure = Optional.empty();
  private Optional<AuthenticatorStep> success = Optional.empty();

  MsChapV2AuthenticatorMethod(EapAuthenticatorMethod.MsChapV2 config, RandomSource random) {
    this.config = config;
    this.random = random;
    this.retriesLeft = config.retries();
  }

  @Override
  public EapType type() {
    return EapType.MSCHAPV2;
  }

  @Override
  public Optional<EapAuthenticatorFailure> failure() {
    return retryOffered ? Optional.empty() : failure;
  }

  @Override
  public Octets begin(int identifier) {
    challenge = random.octets(16);
    Octets name = Octets.ofText(config.serverName(), StandardCharsets.UTF_8);
    return new MsChapV2Packet.Challenge(identifier, challenge, name).encode();
  }

  @Override
  public AuthenticatorStep handle(Instant now, Octets data, int nextIdentifier) {
    MsChapV2Packet packet;
    try {
      packet = MsChapV2Packet.decode(data);
    } catch (MalformedMessageException e) {
      return fail(new EapAuthenticatorFailure.Malformed(e.getMessage()));
    }
    if (success.isPresent()) {
      return packet instanceof MsChapV2Packet.SuccessResponse
          ? success.get()
          : fail(new EapAuthenticatorFailure.Aborted("the peer does not take our proof"));
    }
    if (failure.isPresent() && !retryOffered) {
      return new AuthenticatorStep.Fail(failure.get());
    }
    if (packet instanceof MsChapV2Packet.Response response) {
      retryOffered = false;
      return response(now, response, nextIdentifier);
    }
    return failure.isPresent()
        ? new AuthenticatorStep.Fail(failure.get())
        : fail(new EapAuthenticatorFailure.Aborted("the peer does not answer the Challenge"));
  }

  private AuthenticatorStep response(
      Instant now, MsChapV2Packet.Response response, int nextIdentifier) {
    String name = response.userName();
    AccountDecision decision = config.credentials().account(now, name);
    if (!(decision instanceof AccountDecision.Known known)) {
      return refuse(
          new EapAuthenticatorFailure.UnknownAccount(name),
          MsChapV2FailureMessage.AUTHENTICATION_FAILURE,
          nextIdentifier);
    }
    Octets expected =
        MsChapV2.generateNtResponse(
            challenge, response.peerChallenge(), name, known.ntPasswordHash());
    if (!expected.equalsInConstantTime(response.ntResponse())) {
      return refuse(
          new EapAuthenticatorFailure.BadCredentials(name),
          MsChapV2FailureMessage.AUTHENTICATION_FAILURE,
          nextIdentifier);
    }
    if (known.refusal().isPresent()) {
      int error = known.refusal().getAsInt();
      retriesLeft = 0;
      return refuse(new EapAuthenticatorFailure.AccountRefused(name, error), error, nextIdentifier);
    }
    failure = Optional.empty();
    return accept(response, known.ntPasswordHash(), nextIdentifier);
  }

  private AuthenticatorStep accept(
      MsChapV2Packet.Response response, Octets ntHash, int nextIdentifier) {
    Octets proof =
        MsChapV2.generateAuthenticatorResponse(
            ntHash,
            response.ntResponse(),
            response.peerChallenge(),
            challenge,
            response.userName());
    success =
        Optional.of(
            new AuthenticatorStep.Succeed(
                EapKeys.ofMsChapV2(ntHash, response.ntResponse()), response.userName(), List.of()));
    Octets message = new MsChapV2SuccessMessage(proof, "OK").encode();
    return new AuthenticatorStep.Request(
        new MsChapV2Packet.SuccessRequest(nextIdentifier, message).encode());
  }

  private AuthenticatorStep refuse(EapAuthenticatorFailure reason, int error, int nextIdentifier) {
    failure = Optional.of(reason);
    retryOffered = retriesLeft > 0;
    retriesLeft--;
    challenge = random.octets(16);
    Octets message =
        new MsChapV2FailureMessage(error, retryOffered, challenge, text(error)).encode();
    return new AuthenticatorStep.Request(
        new MsChapV2Packet.FailureRequest(nextIdentifier, message).encode());
  }

  private AuthenticatorStep fail(EapAuthenticatorFailure reason) {
    failure = Optional.of(reason);
    return new AuthenticatorStep.Fail(reason);
  }

  private static String text(int error) {
    return switch (error) {
      case MsChapV2FailureMessage.RESTRICTED_LOGON_HOURS -> "Restricted logon hours";
      case MsChapV2FailureMessage.ACCT_DISABLED -> "Account disabled";
      case MsChapV2FailureMessage.PASSWD_EXPIRED -> "Password expired";
      case MsChapV2FailureMessage.NO_DIALIN_PERMISSION -> "No dial-in permission";
      case MsChapV2FailureMessage.CHANGING_PASSWORD -> "Error changing the password";
      default -> "Authentication failed";
    };
  }
}
