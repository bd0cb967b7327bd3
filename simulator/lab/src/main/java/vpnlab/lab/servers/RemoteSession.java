package vpnlab.lab.servers;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.radius.AcctTerminateCause;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;

/** What RRAS knows of one client. Its parts become known one after the other. */
public final class RemoteSession {
  /** And above it: the user chooses. */
  private static final long NAS_CHOOSES = 0xfffffffeL;

  private final IkeSaId sa;
  private final String correlation;
  private final int port;
  private final Instant begun;
  private String user = "";
  private InetSocketAddress remote;
  private Optional<Inet4Address> address = Optional.empty();
  private List<RadiusAttribute> granted = List.of();
  private Instant established = Instant.EPOCH;
  private AcctTerminateCause terminateCause = AcctTerminateCause.LOST_CARRIER;
  private Optional<Supplier<Traffic>> traffic = Optional.empty();

  /**
   * What has crossed the tunnel so far, counted as inner packets; in comes from the client.
   *
   * @param last when the latest packet crossed, by the server's clock
   */
  public record Traffic(
      long packetsIn, long octetsIn, long packetsOut, long octetsOut, Instant last) {}

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

  /** The virtual port of the client with that IKE SA. */
  static int portOf(IkeSaId sa) {
    return (int) (sa.number() % 128);
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

  /** The number in an attribute of the Access-Accept; empty when it has none. */
  OptionalLong granted(RadiusAttributeType type) {
    return new RadiusPacket(RadiusCode.ACCESS_ACCEPT, 0, Octets.zeros(16), granted).integer(type);
  }

  /**
   * The address that the Access-Accept wants the client to have; empty when the NAS or the user is
   * to choose (RFC 2865, section 5.8).
   */
  Optional<Inet4Address> framedAddress() {
    OptionalLong bits = granted(RadiusAttributeType.FRAMED_IP_ADDRESS);
    return bits.isEmpty() || bits.getAsLong() >= NAS_CHOOSES
        ? Optional.empty()
        : Optional.of((Inet4Address) new Ipv4Address((int) bits.getAsLong()).toInetAddress());
  }

  /** When the tunnel came up, by the server's clock. */
  public Instant established() {
    return established;
  }

  /** Why the session has ended, as far as that is known. */
  public AcctTerminateCause terminateCause() {
    return terminateCause;
  }

  /** Empty when nobody counts. */
  public Optional<Traffic> traffic() {
    return traffic.map(Supplier::get);
  }

  /** Lets the data path tell what it counts. */
  void countedBy(Supplier<Traffic> counter) {
    traffic = Optional.of(counter);
  }

  void established(Instant at) {
    established = at;
  }

  void terminateCause(AcctTerminateCause cause) {
    terminateCause = cause;
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
