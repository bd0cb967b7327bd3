package vpnlab.protocol.eap;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapCode;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapType;

/**
 * How EAP packets travel inside PEAP's tunnel: without Code, Identifier and Length, except for the
 * methods that only exist in there (MS-PEAP, section 3.1.5.6).
 */
final class PeapCompression {
  private static final int HEADER = 4;
  private static final int EXPANDED = 254;
  private static final int MICROSOFT = 311;

  private PeapCompression() {}

  static Octets compress(Octets packet) {
    return travelsWhole(packet) ? packet : packet.from(HEADER);
  }

  /**
   * Undoes {@link #compress}.
   *
   * @param code what the packet must be, Request or Response
   * @param identifier given to a packet that has lost its own
   */
  static EapPacket decompress(Octets data, EapCode code, int identifier)
      throws MalformedMessageException {
    boolean whole =
        data.size() > HEADER
            && data.at(0) == code.value()
            && (data.at(2) << 8 | data.at(3)) == data.size()
            && (travelsWhole(data) || isBareIdentity(data));
    if (whole) {
      return EapPacket.decode(data);
    }
    int length = HEADER + data.size();
    if (data.isEmpty() || length > 0xffff) {
      throw new MalformedMessageException("inner EAP packet", "has " + data.size() + " octets");
    }
    Octets header =
        Octets.of((byte) code.value(), (byte) identifier, (byte) (length >>> 8), (byte) length);
    return EapPacket.decode(Octets.concat(header, data));
  }

  private static boolean travelsWhole(Octets packet) {
    int type = packet.size() > HEADER ? packet.at(HEADER) : 0;
    return type == EapType.TLV_EXTENSIONS.code()
        || type == EXPANDED
            && packet.size() >= HEADER + 8
            && (packet.at(5) << 16 | packet.at(6) << 8 | packet.at(7)) == MICROSOFT;
  }

  /** FreeRADIUS sends its Identity Request with a header, and others tolerate that. */
  private static boolean isBareIdentity(Octets packet) {
    return packet.size() == HEADER + 1 && packet.at(HEADER) == EapType.IDENTITY.code();
  }
}
