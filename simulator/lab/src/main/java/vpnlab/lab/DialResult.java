package vpnlab.lab;

/**
 * How an attempt to connect ended, as the user sees it.
 *
 * @param code the Windows error code, 0 when connected
 * @param address the address inside the tunnel, empty when not connected
 */
public record DialResult(int code, String address) {
  public boolean connected() {
    return code == 0;
  }
}
