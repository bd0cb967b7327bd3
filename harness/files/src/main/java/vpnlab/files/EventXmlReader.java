package vpnlab.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.EventRecord.Level;

/**
 * Reads events of Windows as {@code wevtutil qe LOG /f:xml} and the event viewer's "save as XML"
 * write them, whatever the size of the file. Document types and entities of their own are never
 * resolved. Records that cannot be read are reported and skipped.
 */
public final class EventXmlReader {
  private static final long AUDIT_FAILURE = 0x0010_0000_0000_0000L;
  private static final long AUDIT_SUCCESS = 0x0020_0000_0000_0000L;
  private static final XMLInputFactory FACTORY = factory();

  /**
   * What a file had.
   *
   * @param events records of the event log that were read
   * @param relevant those that have to do with remote access, which went to the caller
   */
  public record Result(long events, long relevant, SkippedLines skipped) {}

  private final String file;
  private final Consumer<EventRecord> sink;
  private final SkippedLines skipped = new SkippedLines();
  private long events;
  private long relevant;

  private EventXmlReader(String file, Consumer<EventRecord> sink) {
    this.file = file;
    this.sink = sink;
  }

  /** Reads all of {@code in}; {@code file} is the name for {@link EventRecord#origin}. */
  public static Result read(InputStream in, String file, Consumer<EventRecord> sink)
      throws IOException {
    return new EventXmlReader(file, sink).read(in);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("an external entity is not read");
        });
    return factory;
  }

  private Result read(InputStream in) throws IOException {
    EventBlocks blocks = new EventBlocks(WindowsText.reader(in));
    for (Optional<EventBlocks.Block> block = blocks.next();
        block.isPresent();
        block = blocks.next()) {
      block(block.get());
    }
    return new Result(events, relevant, skipped);
  }

  private void block(EventBlocks.Block block) {
    if (!block.whole()) {
      skipped.add(block.line(), SkippedLines.Kind.CUT_OFF, "the event is cut off");
      return;
    }
    if (!RelevantEvents.mayMatter(block.text())) {
      events++;
      return;
    }
    try {
      Optional<EventRecord> event = new Parser(block).event();
      events++;
      if (event.isPresent() && RelevantEvents.matters(event.get())) {
        relevant++;
        sink.accept(event.get());
      }
    } catch (XMLStreamException e) {
      skipped.add(block.line(), SkippedLines.Kind.VALUE, "is not XML: " + reason(e));
    } catch (DateTimeException | IllegalArgumentException e) {
      skipped.add(block.line(), SkippedLines.Kind.VALUE, e.getMessage());
    }
  }

  private static String reason(XMLStreamException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    int at = message.indexOf("Message: ");
    return (at < 0 ? message : message.substring(at + 9))
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("\\p{Cntrl}", "?");
  }

  /** One {@code Event} element (schema {@code http://schemas.microsoft.com/win/2004/08/events}). */
  private final class Parser {
    private final EventBlocks.Block block;
    private final Map<String, String> named = new LinkedHashMap<>();
    private final List<String> unnamed = new ArrayList<>();
    private String source = "";
    private String id = "";
    private String level = "";
    private String keywords = "";
    private String time = "";
    private String log = "";
    private String computer = "";
    private String message = "";

    Parser(EventBlocks.Block block) {
      this.block = block;
    }

    Optional<EventRecord> event() throws XMLStreamException {
      XMLStreamReader xml = FACTORY.createXMLStreamReader(new StringReader(block.text()));
      try {
        while (xml.hasNext()) {
          if (xml.next() == XMLStreamConstants.START_ELEMENT) {
            element(xml);
          }
        }
      } finally {
        xml.close();
      }
      if (source.isEmpty() || id.isEmpty() || time.isEmpty()) {
        throw new IllegalArgumentException(
            "is no event of Windows: it lacks its Provider, EventID or TimeCreated");
      }
      return Optional.of(record());
    }

    private void element(XMLStreamReader xml) throws XMLStreamException {
      switch (xml.getLocalName()) {
        case "Provider" -> source = attribute(xml, "Name");
        case "EventID" -> id = xml.getElementText().strip();
        case "Level" -> level = textOnly(xml);
        case "Keywords" -> keywords = textOnly(xml);
        case "TimeCreated" -> time = attribute(xml, "SystemTime");
        case "Channel" -> log = textOnly(xml);
        case "Computer" -> computer = xml.getElementText().strip();
        case "EventData" -> data(xml);
        case "UserData" -> new UserData(named).read(xml);
        case "RenderingInfo" -> message = message(xml);
        default -> {
          // the rest of System tells nothing new
        }
      }
    }

    /**
     * The message for people. Beside it are words in their language for what the system's part has
     * in numbers, in elements of the same names.
     */
    private String message(XMLStreamReader xml) throws XMLStreamException {
      String text = "";
      while (xml.next() != XMLStreamConstants.END_ELEMENT) {
        if (xml.isStartElement()) {
          boolean wanted = xml.getLocalName().equals("Message");
          String words = textOnly(xml);
          text = wanted ? words : text;
        }
      }
      return text;
    }

    private String textOnly(XMLStreamReader xml) throws XMLStreamException {
      StringBuilder text = new StringBuilder();
      for (int depth = 1; depth > 0; ) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> depth++;
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
          default -> {
            // comments and the like
          }
        }
      }
      return text.toString().strip();
    }

    private void data(XMLStreamReader xml) throws XMLStreamException {
      while (xml.next() != XMLStreamConstants.END_ELEMENT) {
        if (!xml.isStartElement()) {
          continue;
        }
        String name = attribute(xml, "Name");
        String value = textOnly(xml);
        if (name.isEmpty()) {
          unnamed.add(value);
        } else {
          named.put(name, value);
        }
      }
    }

    private String attribute(XMLStreamReader xml, String name) {
      String value = xml.getAttributeValue(null, name);
      return value == null ? "" : value.strip();
    }

    private EventRecord record() {
      int number;
      try {
        number = Integer.parseInt(id);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("has an EventID that is no number", e);
      }
      return new EventRecord(
          instant(),
          Collected.hostName(computer),
          log,
          source,
          number,
          level(),
          InsertionStrings.named(source, number, named, unnamed),
          message,
          file + " line " + block.line());
    }

    private Instant instant() {
      try {
        return DateTimeFormatter.ISO_DATE_TIME.parse(time, Instant::from);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("has the impossible SystemTime '" + time + "'", e);
      }
    }

    private Level level() {
      if (keywords.matches("0[xX][0-9a-fA-F]{1,16}")) {
        long bits = Long.parseUnsignedLong(keywords.substring(2), 16);
        if ((bits & AUDIT_FAILURE) != 0) {
          return Level.AUDIT_FAILURE;
        }
        if ((bits & AUDIT_SUCCESS) != 0) {
          return Level.AUDIT_SUCCESS;
        }
      }
      return switch (level) {
        case "1", "2" -> Level.ERROR;
        case "3" -> Level.WARNING;
        default -> Level.INFORMATION;
      };
    }
  }
}
