package vpnlab.evidence.npslog;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import vpnlab.wire.MalformedMessageException;

/**
 * Reads the small part of XML that NPS writes: an element without attributes that holds elements
 * with one attribute and text. Document types, comments, processing instructions and entities of
 * their own do not occur in it and are refused.
 */
final class NpsLogXmlParser {
  private static final int MAX_REFERENCE = 10;

  private final String line;
  private final NpsLogRecord.Builder record = NpsLogRecord.builder();
  private final Set<String> seen = new HashSet<>();
  private int at;

  NpsLogXmlParser(String line) {
    this.line = line;
  }

  NpsLogRecord record() throws MalformedMessageException {
    skipBlanks();
    expect("<Event>", "the record");
    skipBlanks();
    while (!line.startsWith("</Event>", at)) {
      element();
      skipBlanks();
    }
    expect("</Event>", "the record");
    skipBlanks();
    if (at < line.length()) {
      throw new MalformedMessageException("the record", "goes on after </Event>");
    }
    return record.build();
  }

  private void skipBlanks() {
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
  }

  private void expect(String literal, String where) throws MalformedMessageException {
    if (!line.startsWith(literal, at)) {
      throw new MalformedMessageException(
          where, at >= line.length() ? "ends before " + literal : "lacks " + literal);
    }
    at += literal.length();
  }

  private void element() throws MalformedMessageException {
    expect("<", "the record");
    String name = name();
    String where = "element " + name;
    skipBlanks();
    int dataType = dataType(where);
    skipBlanks();
    String value = "";
    if (line.startsWith("/>", at)) {
      at += 2;
    } else {
      expect(">", where);
      int end = line.indexOf('<', at);
      if (end < 0) {
        throw new MalformedMessageException(where, "is cut off");
      }
      value = unescape(where, line.substring(at, end));
      at = end;
      expect("</" + name + ">", where);
    }
    if (seen.add(name)) {
      put(name, dataType, value);
    }
  }

  private String name() throws MalformedMessageException {
    int from = at;
    while (at < line.length() && " \t/>".indexOf(line.charAt(at)) < 0) {
      at++;
    }
    String name = line.substring(from, at);
    if (!NpsLogText.isName(name)) {
      throw new MalformedMessageException("the record", "has an element without a proper name");
    }
    return name;
  }

  /** An element without a {@code data_type} is taken for text. */
  private int dataType(String where) throws MalformedMessageException {
    if (!line.startsWith("data_type", at)) {
      return 1;
    }
    expect("data_type=", where);
    char quote = at < line.length() ? line.charAt(at) : ' ';
    char digit = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
    boolean closed = at + 2 < line.length() && line.charAt(at + 2) == quote;
    if (quote != '"' && quote != '\'' || digit < '0' || digit > '9' || !closed) {
      throw new MalformedMessageException(where, "has a data_type that is not one digit");
    }
    at += 3;
    return digit - '0';
  }

  private static String unescape(String where, String text) throws MalformedMessageException {
    int and = text.indexOf('&');
    if (and < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    while (and >= 0) {
      int end = text.indexOf(';', and);
      if (end < 0 || end - and > MAX_REFERENCE) {
        throw new MalformedMessageException(where, "has an & that begins no reference");
      }
      plain.append(text, from, and);
      plain.appendCodePoint(character(where, text.substring(and + 1, end)));
      from = end + 1;
      and = text.indexOf('&', from);
    }
    return plain.append(text, from, text.length()).toString();
  }

  private static int character(String where, String reference) throws MalformedMessageException {
    switch (reference) {
      case "amp":
        return '&';
      case "lt":
        return '<';
      case "gt":
        return '>';
      case "quot":
        return '"';
      case "apos":
        return '\'';
      default:
        break;
    }
    try {
      if (reference.startsWith("#")) {
        int number =
            reference.startsWith("#x")
                ? Integer.parseUnsignedInt(reference.substring(2), 16)
                : Integer.parseUnsignedInt(reference.substring(1), 10);
        if (Character.isValidCodePoint(number)) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      // the same complaint as for every other unknown reference
    }
    throw new MalformedMessageException(where, "has an entity that is not XML's own");
  }

  private void put(String name, int dataType, String printed) throws MalformedMessageException {
    String where = "element " + name;
    if (name.equals(NpsLogXml.TIMESTAMP)) {
      timestamp(where, printed);
      return;
    }
    Optional<NpsLogField> field = NpsLogField.ofElement(name);
    String value = printed;
    if (field.filter(column -> column == NpsLogField.EVENT_TIMESTAMP).isPresent()) {
      value = value.replaceFirst("\\.[0-9]{1,9}$", ""); // the attribute has whole seconds
    }
    boolean fits = value.isEmpty() || fits(field, value);
    if (!fits) {
      throw new MalformedMessageException(where, "has a value that does not fit it");
    }
    if (field.isPresent()) {
      record.printed(field.get(), value);
    } else {
      record.other(name, dataType, value);
    }
  }

  private static boolean fits(Optional<NpsLogField> field, String value) {
    return field.isPresent()
        ? NpsLogText.fits(field.get().kind(), value)
        : NpsLogText.printable(value);
  }

  private void timestamp(String where, String value) throws MalformedMessageException {
    int blank = value.indexOf(' ');
    String date = blank < 0 ? value : value.substring(0, blank);
    String time = NpsLogText.withoutZeroMillis(blank < 0 ? "" : value.substring(blank + 1));
    if (blank < 0 && value.indexOf(':') >= 0) {
      date = "";
      time = NpsLogText.withoutZeroMillis(value);
    }
    boolean dated = date.isEmpty() || NpsLogText.fits(NpsLogField.Kind.DATE, date);
    boolean timed = time.isEmpty() || NpsLogText.fits(NpsLogField.Kind.TIME, time);
    if (!dated || !timed) {
      throw new MalformedMessageException(where, "is not MM/DD/YYYY HH:MM:SS");
    }
    record.printed(NpsLogField.RECORD_DATE, date);
    record.printed(NpsLogField.RECORD_TIME, time);
  }
}
