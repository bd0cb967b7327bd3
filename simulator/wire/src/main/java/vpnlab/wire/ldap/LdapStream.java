package vpnlab.wire.ldap;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/** Cuts what arrives on a connection into messages, wherever the pieces begin and end. */
public final class LdapStream {
  /** Longer messages are refused, as Active Directory does (MaxReceiveBuffer), in octets. */
  public static final int MAX_MESSAGE = 10 * 1024 * 1024;

  private Octets waiting = Octets.EMPTY;

  /**
   * Takes the next octets and returns the messages that are complete now.
   *
   * @throws MalformedMessageException when the stream can be followed no further
   */
  public List<LdapMessage> feed(Octets arrived) throws MalformedMessageException {
    waiting = waiting.isEmpty() ? arrived : Octets.concat(waiting, arrived);
    List<LdapMessage> messages = new ArrayList<>();
    int from = 0;
    for (int size; (size = size(from)) >= 0; from += size) {
      messages.add(LdapMessage.decode(waiting.slice(from, from + size)));
    }
    waiting = waiting.from(from);
    return messages;
  }

  /** The size of the message at {@code from}; -1 when more octets are needed. */
  private int size(int from) throws MalformedMessageException {
    int there = waiting.size() - from;
    if (there > 0 && waiting.at(from) != BerElement.SEQUENCE) {
      throw new MalformedMessageException("LDAPMessage", "does not begin with a SEQUENCE");
    }
    if (there < 2) {
      return -1;
    }
    int first = waiting.at(from + 1);
    int header = 2 + (first < 0x80 ? 0 : first & 0x7f);
    if (first == 0x80) {
      throw new MalformedMessageException("LDAPMessage length", "is indefinite");
    }
    long content = first < 0x80 ? first : 0;
    for (int i = 2; i < Math.min(header, there); i++) {
      content = content << 8 | waiting.at(from + i);
      if (content > MAX_MESSAGE) {
        throw new MalformedMessageException(
            "LDAPMessage length", "is more than " + MAX_MESSAGE + " octets");
      }
    }
    return there < header || there < header + content ? -1 : header + (int) content;
  }
}
