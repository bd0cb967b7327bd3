package vpnlab.wire.ldap;

import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/**
 * A control of a message (RFC 4511 section 4.1.11).
 *
 * @param oid dotted decimal
 * @param critical whether a server that does not know it must refuse the request
 */
public record LdapControl(String oid, boolean critical, Optional<Octets> value) {
  static LdapControl read(OctetReader reader) throws MalformedMessageException {
    OctetReader inner = BerElement.sequence(reader, BerElement.SEQUENCE, "control");
    String oid = BerElement.text(inner, "control / controlType");
    boolean critical = false;
    if (BerSequence.nextIs(inner, BerElement.BOOLEAN)) {
      critical = BerElement.bool(inner, "control / criticality");
      if (!critical) {
        throw new MalformedMessageException("control / criticality", "writes out its default");
      }
    }
    Optional<Octets> value =
        BerSequence.nextIs(inner, BerElement.OCTET_STRING)
            ? Optional.of(BerElement.octets(inner, "control / controlValue"))
            : Optional.empty();
    return new LdapControl(oid, critical, value);
  }

  BerElement write() {
    BerSequence sequence = new BerSequence().text(BerElement.OCTET_STRING, oid);
    if (critical) {
      sequence.bool(BerElement.BOOLEAN, true);
    }
    value.ifPresent(octets -> sequence.octets(BerElement.OCTET_STRING, octets));
    return sequence.as(BerElement.SEQUENCE);
  }
}
