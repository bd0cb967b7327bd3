package vpnlab.evidence;

/** Who looks, which decides what there is to see. */
public enum Vantage {
  /** The user's own computer: its packets, logs, stores, profile. */
  CLIENT,
  /** Also the servers' packets, logs, stores. */
  ADMINISTRATOR
}
