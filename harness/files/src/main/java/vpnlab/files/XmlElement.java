package vpnlab.files;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a small XML document, without regard to namespaces. */
final class XmlElement {
  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<XmlElement> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private XmlElement(String name) {
    this.name = name;
  }

  /**
   * The root element. Document types and external entities are not read.
   *
   * @throws IllegalArgumentException when it is no XML
   */
  static XmlElement parse(String xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Deque<XmlElement> open = new ArrayDeque<>();
    open.push(new XmlElement(""));
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            XmlElement element = begin(reader);
            open.element().children.add(element);
            open.push(element);
          }
          case XMLStreamConstants.END_ELEMENT -> open.pop();
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              open.element().text.append(reader.getText());
          default -> {
            // comments and the like say nothing
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("is no XML: " + e.getMessage(), e);
    }
    return open.element().children.get(0);
  }

  private static XmlElement begin(XMLStreamReader reader) {
    XmlElement element = new XmlElement(reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return element;
  }

  String name() {
    return name;
  }

  /** Empty when there is none of that name. */
  String attribute(String wanted) {
    return attributes.getOrDefault(wanted, "");
  }

  List<XmlElement> children(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted)).toList();
  }

  /** The first child of that name of the first child of that name, and so on. */
  Optional<XmlElement> descend(String... path) {
    Optional<XmlElement> at = Optional.of(this);
    for (String step : path) {
      at = at.flatMap(each -> each.children(step).stream().findFirst());
    }
    return at;
  }

  /** Its own text. */
  String text() {
    return text.toString().strip();
  }

  /** The text of the element at that path; empty when there is none. */
  String text(String... path) {
    return descend(path).map(XmlElement::text).orElse("");
  }
}
