package vpnlab.wire.ldap;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/** Collects the elements of a constructed element that is being written. */
final class BerSequence {
  private final List<BerElement> elements = new ArrayList<>();

  BerSequence add(BerElement element) {
    elements.add(element);
    return this;
  }

  BerSequence octets(int tag, Octets octets) {
    return add(BerElement.of(tag, octets));
  }

  BerSequence text(int tag, String text) {
    return add(BerElement.text(tag, text));
  }

  BerSequence integer(int tag, int value) {
    return add(BerElement.integer(tag, value));
  }

  BerSequence bool(int tag, boolean value) {
    return add(BerElement.bool(tag, value));
  }

  BerElement as(int tag) {
    return BerElement.sequence(tag, elements);
  }

  /** Whether an element with that tag comes next. */
  static boolean nextIs(OctetReader reader, int tag) {
    return reader.hasMore() && reader.peek() == tag;
  }
}
