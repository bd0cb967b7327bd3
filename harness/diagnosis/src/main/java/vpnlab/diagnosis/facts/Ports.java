package vpnlab.diagnosis.facts;

/**
 * Well-known ports, also where a lab on a machine without the right to the real ones has moved all
 * of them up by a multiple of 10000.
 */
public final class Ports {
  public static final int DHCP_SERVER = 67;
  public static final int IKE = 500;
  public static final int NAT_T = 4500;
  public static final int RADIUS = 1812;
  public static final int OLD_RADIUS = 1645;
  public static final int RADIUS_ACCOUNTING = 1813;
  public static final int OLD_RADIUS_ACCOUNTING = 1646;

  private Ports() {}

  /** Whether {@code port} is {@code wellKnown}, moved up perhaps. */
  public static boolean is(int port, int wellKnown) {
    return port >= wellKnown && (port - wellKnown) % 10000 == 0;
  }

  /** The number in an event's field; -1 when it is none. */
  static int parse(String text) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
  }
}
