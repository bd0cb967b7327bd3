package vpnlab.wire.ike;

import vpnlab.wire.Octets;

/**
 * The payload of a UDP datagram on an IKE port: port 4500 carries IKE behind a marker of four zero
 * octets, ESP whose SPI is never zero, and keep-alives (RFC 3948 sections 2.2 to 2.4).
 *
 * @param content what the kind is about: the IKE message without its marker, or the whole payload
 */
public record IkeDatagram(Kind kind, Octets content) {
  /** What a datagram carries. */
  public enum Kind {
    /** An IKE message as on port 500. */
    IKE,
    /** An IKE message behind the non-ESP marker, as on port 4500. */
    IKE_BEHIND_MARKER,
    /** An ESP packet. */
    ESP,
    /** One octet 0xff that keeps a NAT's mapping alive. */
    KEEP_ALIVE
  }

  /** Four zero octets. */
  public static final Octets NON_ESP_MARKER = Octets.zeros(4);

  private static final Octets KEEP_ALIVE = Octets.ofHex("ff");

  /**
   * Tells the kind from the octets alone, whatever the ports. What is neither marked nor a
   * keep-alive is IKE when its length field is right and its version is not 0, else ESP.
   */
  public static IkeDatagram of(Octets payload) {
    if (payload.startsWith(NON_ESP_MARKER)) {
      return new IkeDatagram(Kind.IKE_BEHIND_MARKER, payload.from(4));
    }
    if (payload.equals(KEEP_ALIVE)) {
      return new IkeDatagram(Kind.KEEP_ALIVE, payload);
    }
    return new IkeDatagram(looksLikeIke(payload) ? Kind.IKE : Kind.ESP, payload);
  }

  private static boolean looksLikeIke(Octets payload) {
    if (payload.size() < IkeHeader.SIZE) {
      return false;
    }
    int major = payload.at(17) >> 4;
    long length =
        (long) payload.at(24) << 24 | payload.at(25) << 16 | payload.at(26) << 8 | payload.at(27);
    return major > 0 && length == payload.size();
  }

  public boolean isIke() {
    return kind == Kind.IKE || kind == Kind.IKE_BEHIND_MARKER;
  }

  /** An IKE message as it goes to a port that ESP is expected on. */
  public static Octets withMarker(Octets message) {
    return Octets.concat(NON_ESP_MARKER, message);
  }
}
