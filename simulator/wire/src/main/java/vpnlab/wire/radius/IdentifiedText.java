package vpnlab.wire.radius;

import java.nio.charset.StandardCharsets;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * The form that MS-CHAP-Error, MS-CHAP2-Success and MS-CHAP-Domain have in common: the identifier
 * of the MS-CHAP exchange, then octets that most often are text (RFC 2548, sections 2.1.4, 2.1.5
 * and 2.3.3).
 *
 * @param identifier 0 to 255
 * @param octets such as {@code E=691 R=0 V=3} or {@code S=...}
 */
public record IdentifiedText(int identifier, Octets octets) {
  public static IdentifiedText of(int identifier, String text) {
    return new IdentifiedText(identifier, Octets.ofText(text, StandardCharsets.UTF_8));
  }

  public static IdentifiedText decode(Octets value) throws MalformedMessageException {
    OctetReader in = new OctetReader(value);
    return new IdentifiedText(in.u8("MS-CHAP Ident"), in.rest());
  }

  public Octets encode() {
    return new OctetWriter().u8(identifier).octets(octets).toOctets();
  }

  public String text() {
    return octets.toText(StandardCharsets.UTF_8);
  }
}
