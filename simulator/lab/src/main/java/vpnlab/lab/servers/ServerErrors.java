package vpnlab.lab.servers;

import vpnlab.protocol.ike.IkeFailure;

/** The Windows error that the server's IKE audit names for a failed negotiation. */
final class ServerErrors {
  /** ERROR_IPSEC_IKE_NO_POLICY. */
  private static final int NO_POLICY = 13825;

  private ServerErrors() {}

  /**
   * @param hasPolicy whether IKEv2 is served at all; without a policy nothing can be proposed
   */
  static int of(IkeFailure failure, boolean hasPolicy) {
    if (failure instanceof IkeFailure.NoProposalChosen) {
      return hasPolicy ? 13868 : NO_POLICY;
    } else if (failure instanceof IkeFailure.PeerRefused refused) {
      return refused.code();
    } else if (failure instanceof IkeFailure.MethodNotAccepted refused) {
      return refused.code();
    } else if (failure instanceof IkeFailure.NoCertificate missing) {
      return missing.code();
    } else if (failure instanceof IkeFailure.Timeout
        || failure instanceof IkeFailure.HalfOpenExpired) {
      return 13805;
    } else if (failure instanceof IkeFailure.ChildRefused) {
      return 840;
    } else if (failure instanceof IkeFailure.Malformed) {
      return 13843;
    } else if (failure instanceof IkeFailure.AuthenticationFailed
        || failure instanceof IkeFailure.EapFailed
        || failure instanceof IkeFailure.NotifyReceived) {
      return 13801;
    }
    return 13816;
  }
}
