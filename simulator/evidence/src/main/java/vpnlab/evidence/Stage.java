package vpnlab.evidence;

/** How far a connection came, in the order in which an attempt passes them. */
public enum Stage {
  PROFILE_DEPLOYMENT("profile-deployment"),
  DNS("dns"),
  REACHABILITY("reachability"),
  TUNNEL_SETUP("tunnel-setup"),
  SERVER_CERTIFICATE("server-certificate"),
  AUTHENTICATION("authentication"),
  AUTHORIZATION("authorization"),
  ADDRESS_ASSIGNMENT("address-assignment"),
  DATA_PATH("data-path"),
  CONNECTED("connected");

  private final String id;

  Stage(String id) {
    this.id = id;
  }

  /** The name in files and reports, e.g. {@code server-certificate}. */
  public String id() {
    return id;
  }

  /** The stage of that id; throws {@link IllegalArgumentException} when there is none. */
  public static Stage ofId(String id) {
    for (Stage stage : values()) {
      if (stage.id.equals(id)) {
        return stage;
      }
    }
    throw new IllegalArgumentException("no stage is called " + id);
  }
}
