package vpnlab.wire.ldap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/** An attribute and its values, in no meaningful order (RFC 4511 section 4.1.7). */
public record LdapAttribute(String type, List<Octets> values) {
  public LdapAttribute {
    values = List.copyOf(values);
  }

  public static LdapAttribute ofTexts(String type, String... values) {
    return new LdapAttribute(
        type,
        Arrays.stream(values).map(value -> Octets.ofText(value, StandardCharsets.UTF_8)).toList());
  }

  /** The values as UTF-8. */
  public List<String> texts() {
    return values.stream().map(value -> value.toText(StandardCharsets.UTF_8)).toList();
  }

  static LdapAttribute read(OctetReader reader) throws MalformedMessageException {
    OctetReader inner = BerElement.sequence(reader, BerElement.SEQUENCE, "attribute");
    String type = BerElement.text(inner, "attribute / type");
    OctetReader set = BerElement.sequence(inner, BerElement.SET, "attribute / vals");
    List<Octets> values = new ArrayList<>();
    while (set.hasMore()) {
      values.add(BerElement.octets(set, "attribute / value"));
    }
    return new LdapAttribute(type, values);
  }

  BerElement write() {
    BerSequence set = new BerSequence();
    values.forEach(value -> set.octets(BerElement.OCTET_STRING, value));
    return new BerSequence()
        .text(BerElement.OCTET_STRING, type)
        .add(set.as(BerElement.SET))
        .as(BerElement.SEQUENCE);
  }
}
