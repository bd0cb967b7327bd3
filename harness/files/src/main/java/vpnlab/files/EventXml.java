package vpnlab.files;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import vpnlab.evidence.EventRecord;

/** An event of Windows as XML (schema {@code http://schemas.microsoft.com/win/2004/08/events}). */
final class EventXml {
  private static final DateTimeFormatter SYSTEM_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private EventXml() {}

  /** One event as {@code wevtutil qe /f:xml} prints it, insertion strings with their names. */
  static String write(EventRecord event, long record) {
    StringBuilder xml = new StringBuilder(512);
    xml.append("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>");
    xml.append("<Provider Name='").append(escape(event.source())).append("'/>");
    xml.append("<EventID>").append(event.id()).append("</EventID>");
    xml.append("<Level>").append(level(event.level())).append("</Level>");
    xml.append("<Keywords>").append(keywords(event.level())).append("</Keywords>");
    xml.append("<TimeCreated SystemTime='").append(time(event.at())).append("'/>");
    xml.append("<EventRecordID>").append(record).append("</EventRecordID>");
    xml.append("<Channel>").append(escape(event.log())).append("</Channel>");
    xml.append("<Computer>").append(escape(event.host())).append("</Computer>");
    xml.append("</System><EventData>");
    event
        .data()
        .forEach(
            (name, value) ->
                xml.append("<Data Name='")
                    .append(escape(name))
                    .append("'>")
                    .append(escape(value))
                    .append("</Data>"));
    xml.append("</EventData>");
    if (!event.message().isEmpty()) {
      xml.append("<RenderingInfo Culture='en-US'><Message>")
          .append(escape(event.message()))
          .append("</Message></RenderingInfo>");
    }
    return xml.append("</Event>").toString();
  }

  private static String time(Instant at) {
    return SYSTEM_TIME.format(at);
  }

  private static int level(EventRecord.Level level) {
    return switch (level) {
      case ERROR -> 2;
      case WARNING -> 3;
      case INFORMATION -> 4;
      case AUDIT_SUCCESS, AUDIT_FAILURE -> 0;
    };
  }

  private static String keywords(EventRecord.Level level) {
    return switch (level) {
      case AUDIT_SUCCESS -> "0x8020000000000000";
      case AUDIT_FAILURE -> "0x8010000000000000";
      case ERROR, WARNING, INFORMATION -> "0x80000000000000";
    };
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '\'' -> escaped.append("&apos;");
        case '\n', '\r', '\t' -> escaped.append("&#").append((int) c).append(';');
        default -> escaped.append(c < ' ' || c >= '\ufffe' ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }
}
