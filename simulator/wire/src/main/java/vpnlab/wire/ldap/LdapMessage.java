package vpnlab.wire.ldap;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/**
 * One message of LDAPv3 (LDAPMessage, RFC 4511 section 4.1.1). A length may be written in more than
 * one way; encoding takes the shortest.
 *
 * @param id chosen by the client, repeated in the answers; 0 for what the server says unasked
 */
public record LdapMessage(int id, LdapOperation operation, List<LdapControl> controls) {
  private static final int CONTROLS = 0xa0;

  public LdapMessage {
    if (id < 0) {
      throw new IllegalArgumentException("the message id " + id + " is negative");
    }
    controls = List.copyOf(controls);
  }

  public static LdapMessage of(int id, LdapOperation operation) {
    return new LdapMessage(id, operation, List.of());
  }

  public static LdapMessage decode(Octets octets) throws MalformedMessageException {
    OctetReader reader = new OctetReader(octets);
    OctetReader inner = BerElement.sequence(reader, BerElement.SEQUENCE, "LDAPMessage");
    reader.expectEnd("LDAPMessage");
    int id = BerElement.integer(inner, BerElement.INTEGER, "messageID");
    LdapOperation operation = OperationCodec.read(inner);
    List<LdapControl> controls = new ArrayList<>();
    if (BerSequence.nextIs(inner, CONTROLS)) {
      OctetReader list = BerElement.sequence(inner, CONTROLS, "controls");
      while (list.hasMore()) {
        controls.add(LdapControl.read(list));
      }
    }
    return new LdapMessage(id, operation, controls);
  }

  public Octets encode() {
    BerSequence sequence =
        new BerSequence().integer(BerElement.INTEGER, id).add(OperationCodec.write(operation));
    if (!controls.isEmpty()) {
      BerSequence list = new BerSequence();
      controls.forEach(control -> list.add(control.write()));
      sequence.add(list.as(CONTROLS));
    }
    return sequence.as(BerElement.SEQUENCE).encode();
  }
}
