package vpnlab.lab.host;

import java.util.stream.Collectors;
import vpnlab.protocol.ike.IkeFailure;
import vpnlab.wire.ike.Payload;

/** Why an IKE negotiation failed, in words for an event log. */
public final class IkeFailureText {
  private IkeFailureText() {}

  public static String of(IkeFailure failure) {
    if (failure instanceof IkeFailure.Timeout timeout) {
      return "no answer to " + timeout.transmissions() + " transmissions";
    } else if (failure instanceof IkeFailure.NotifyReceived received) {
      return "the other end reported "
          + received.all().stream().map(Payload.Notify::summary).collect(Collectors.joining(", "));
    } else if (failure instanceof IkeFailure.PeerRefused refused) {
      return refused.text();
    } else if (failure instanceof IkeFailure.AuthenticationFailed failed) {
      return "authentication failed: " + failed.text();
    } else if (failure instanceof IkeFailure.MethodNotAccepted refused) {
      return "the method is not accepted: " + refused.text();
    } else if (failure instanceof IkeFailure.EapFailed) {
      return "EAP failed";
    } else if (failure instanceof IkeFailure.Malformed malformed) {
      return "malformed message: " + malformed.text();
    } else if (failure instanceof IkeFailure.NoCertificate) {
      return "there is no certificate to authenticate with";
    } else if (failure instanceof IkeFailure.NoProposalChosen) {
      return "no proposal of the other end is acceptable";
    } else if (failure instanceof IkeFailure.ChildRefused refused) {
      return "no child SA: " + refused.type();
    } else if (failure instanceof IkeFailure.HalfOpenExpired) {
      return "the other end began and did not finish";
    }
    return failure.toString();
  }
}
