package vpnlab.protocol.ike;

/** How far an IKE SA has come. */
public enum IkePhase {
  /** The first exchange, in the clear. */
  IKE_SA_INIT,
  /** Identities, certificates and AUTH, in the first IKE_AUTH exchange. */
  IKE_AUTH,
  /** The IKE_AUTH exchanges that carry EAP. */
  EAP,
  /** The IKE_AUTH exchange with the AUTH payloads after EAP, and the waiting for an address. */
  FINAL_AUTH,
  /** Authenticated. */
  ESTABLISHED
}
