package vpnlab.lab.servers;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.wire.radius.RadiusAttribute;

/** What RRAS knows of one client. Its parts become known one after the other. */
public final class RemoteSession {
  private final IkeSaId sa;
  private final String correlation;
  private final int port;
  private final Instant begun;
  private String user = "";
  private InetSocketAddress remote;
  private Optional<Inet4Address> address = Optional.empty();
  private List<RadiusAttribute> granted = List.of();

  RemoteSession(IkeSaId sa, String correlation, int port, Instant begun) {
    this.sa = sa;
    this.correlation = correlation;
    this.port = port;
    this.begun = begun;
  }

  public IkeSaId sa() {
    return sa;
  }

  /** The correlation id that RemoteAccess events of this session carry. */
  public String correlation() {
    return correlation;
  }

  /** When the client's first message came, by the server's clock. */
  public Instant begun() {
    return begun;
  }

  /** The number of its virtual port; goes into NAS-Port. */
  public int port() {
    return port;
  }

  /** As Windows names the port, e.g. {@code VPN2-7}. */
  public String portName() {
    return "VPN2-" + port;
  }

  /** Empty until the client has said who it is. */
  public String user() {
    return user;
  }

  /** Where the client's messages come from now; null before the first. */
  public InetSocketAddress remote() {
    return remote;
  }

  /** The textual form of the client's outer address; empty before its first message. */
  public String remoteAddress() {
    return remote == null ? "" : remote.getAddress().getHostAddress();
  }

  /** The inner address that the client was given. */
  public Optional<Inet4Address> address() {
    return address;
  }

  /** The attributes of the Access-Accept; empty when nobody had to accept the client. */
  public List<RadiusAttribute> granted() {
    return granted;
  }

  void user(String name) {
    user = name;
  }

  void remote(InetSocketAddress from) {
    remote = from;
  }

  void address(Inet4Address given) {
    address = Optional.of(given);
  }

  void granted(List<RadiusAttribute> attributes) {
    granted = List.copyOf(attributes);
  }
}
