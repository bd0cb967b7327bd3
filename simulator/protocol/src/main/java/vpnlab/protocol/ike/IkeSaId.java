package vpnlab.protocol.ike;

/**
 * Names one peer's IKE SA within an endpoint, from its first message to its end; a rekeyed SA keeps
 * the name.
 */
public record IkeSaId(long number) {
  /** For messages that belong to no SA, e.g. the refusal of an IKE_SA_INIT request. */
  public static final IkeSaId NONE = new IkeSaId(0);

  @Override
  public String toString() {
    return "ike-" + number;
  }
}
