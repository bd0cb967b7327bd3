package vpnlab.lab;

import java.net.InetAddress;

/**
 * Where real peers find an open lab.
 *
 * @param bind the real address, normally 127.0.0.1
 * @param ike for IKE_SA_INIT
 * @param natT for everything after it
 * @param radius of NPS, for authentication
 * @param accounting of NPS
 */
public record OpenPorts(InetAddress bind, int ike, int natT, int radius, int accounting) {
  /** 500, 4500, 1812 and 1813. */
  public static OpenPorts real(InetAddress bind) {
    return offset(bind, 0);
  }

  /** The real numbers plus {@code offset}. */
  public static OpenPorts offset(InetAddress bind, int offset) {
    return new OpenPorts(bind, 500 + offset, 4500 + offset, 1812 + offset, 1813 + offset);
  }
}
