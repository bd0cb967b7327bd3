package vpnlab.wire.eap;

/**
 * What a TLV of the EAP TLV Extensions method is about (MS-PEAP, sections 2.2.4 and 2.2.8.1). Any
 * number is legal.
 *
 * @param value 14 bits
 */
public record EapTlvType(int value) {
  public static final EapTlvType RESULT = new EapTlvType(3);
  public static final EapTlvType NAK = new EapTlvType(4);
  public static final EapTlvType VENDOR_SPECIFIC = new EapTlvType(7);
  public static final EapTlvType CRYPTO_BINDING = new EapTlvType(12);

  public EapTlvType {
    if (value < 0 || value > 0x3fff) {
      throw new IllegalArgumentException("TLV type " + value + " does not fit into 14 bits");
    }
  }

  @Override
  public String toString() {
    return switch (value) {
      case 3 -> "Result";
      case 4 -> "NAK";
      case 7 -> "Vendor-Specific";
      case 12 -> "Crypto-Binding";
      default -> "tlv-" + value;
    };
  }
}
