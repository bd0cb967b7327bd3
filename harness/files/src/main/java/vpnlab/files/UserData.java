package vpnlab.files;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The {@code UserData} of an event, an XML document of the source's own, as names and values: the
 * text of each element under its name, each attribute under {@code element.attribute}. Of several
 * with the same name the first counts; certificates are therefore the end entity's.
 */
final class UserData {
  private final Map<String, String> values;

  UserData(Map<String, String> values) {
    this.values = values;
  }

  /** Reads up to the end of the element that the reader stands on. */
  void read(XMLStreamReader xml) throws XMLStreamException {
    Deque<String> path = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          path.push(xml.getLocalName());
          text.setLength(0);
          for (int i = 0; i < xml.getAttributeCount(); i++) {
            values.putIfAbsent(
                path.peek() + "." + xml.getAttributeLocalName(i), xml.getAttributeValue(i));
          }
        }
        case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          if (depth > 0 && !text.toString().isBlank()) {
            values.putIfAbsent(path.peek(), text.toString().strip());
          }
          text.setLength(0);
          path.poll();
        }
        default -> {
          // comments and the like
        }
      }
    }
  }
}
