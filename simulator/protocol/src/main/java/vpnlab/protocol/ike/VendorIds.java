package vpnlab.protocol.ike;

import java.util.List;
import vpnlab.wire.Octets;

/** Vendor ids of Windows (MS-IKEE section 2.2 and appendix A). */
public final class VendorIds {
  /** Without the version, which four octets give behind it. */
  private static final String MS_NT5_ISAKMPOAKLEY = "1e2b516905991c7d7c96fcbfb587e461";

  public static final Octets MS_NEGOTIATION_DISCOVERY_CAPABLE =
      Octets.ofHex("fb1de3cdf341b7ea16b7e5be0855f120");

  public static final Octets VID_INITIAL_CONTACT = Octets.ofHex("26244d38eddb61b3172a36e3d0cfb819");

  /** In its form for IKEv2. */
  public static final Octets KEY_MODS = Octets.ofHex("01528bbbc00696121849ab9a1c5b2a51 00000002");

  private VendorIds() {}

  /** In the order that Windows 8 and later send them. */
  public static List<Octets> windows() {
    return List.of(
        Octets.ofHex(MS_NT5_ISAKMPOAKLEY + "00000009"),
        MS_NEGOTIATION_DISCOVERY_CAPABLE,
        VID_INITIAL_CONTACT,
        KEY_MODS);
  }
}
