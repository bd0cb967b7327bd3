package vpnlab.wire.eap;

/**
 * The type of an EAP Request or Response (RFC 3748, section 5), in its one-octet form or as an
 * Expanded Type (section 5.7). Any number is legal.
 *
 * @param code the Type field, 0 to 255; 254 announces the expanded form
 * @param vendor the Vendor-Id of the expanded form (24 bits), else 0
 * @param vendorType the Vendor-Type of the expanded form (32 bits), else 0
 */
public record EapType(int code, int vendor, long vendorType) {
  private static final int EXPANDED = 254;

  public static final EapType IDENTITY = of(1);
  public static final EapType NOTIFICATION = of(2);
  public static final EapType NAK = of(3);
  public static final EapType MD5_CHALLENGE = of(4);
  public static final EapType TLS = of(13);
  public static final EapType PEAP = of(25);
  public static final EapType MSCHAPV2 = of(26);

  /** The EAP TLV Extensions method, inside PEAP only (MS-PEAP, section 2.2.8.1). */
  public static final EapType TLV_EXTENSIONS = of(33);

  public EapType {
    if (code < 0 || code > 255 || vendor < 0 || vendor > 0xffffff) {
      throw new IllegalArgumentException("EAP type " + code + " of vendor " + vendor);
    }
    if (vendorType < 0 || vendorType > 0xffffffffL) {
      throw new IllegalArgumentException("EAP vendor type " + vendorType);
    }
    if (code != EXPANDED && (vendor != 0 || vendorType != 0)) {
      throw new IllegalArgumentException("a type of one octet has no vendor");
    }
  }

  /** The one-octet form. */
  public static EapType of(int code) {
    if (code == EXPANDED) {
      throw new IllegalArgumentException("254 needs a vendor");
    }
    return new EapType(code, 0, 0);
  }

  /** The expanded form. */
  public static EapType expanded(int vendor, long vendorType) {
    return new EapType(EXPANDED, vendor, vendorType);
  }

  public boolean isExpanded() {
    return code == EXPANDED;
  }

  /**
   * The same method in the one-octet form where it has one: vendor 0 of the expanded form names the
   * IETF's types again (RFC 3748, section 5.7).
   */
  public EapType canonical() {
    return isExpanded() && vendor == 0 && vendorType < EXPANDED
        ? new EapType((int) vendorType, 0, 0)
        : this;
  }

  @Override
  public String toString() {
    if (isExpanded()) {
      return "Expanded(" + vendor + "/" + vendorType + ")";
    }
    return switch (code) {
      case 1 -> "Identity";
      case 2 -> "Notification";
      case 3 -> "Nak";
      case 4 -> "MD5-Challenge";
      case 5 -> "OTP";
      case 6 -> "GTC";
      case 13 -> "EAP-TLS";
      case 18 -> "EAP-SIM";
      case 21 -> "EAP-TTLS";
      case 23 -> "EAP-AKA";
      case 25 -> "PEAP";
      case 26 -> "EAP-MSCHAPv2";
      case 33 -> "EAP-TLV";
      case 43 -> "EAP-FAST";
      case 55 -> "TEAP";
      default -> "type-" + code;
    };
  }
}
