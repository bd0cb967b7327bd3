package vpnlab.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file is, by what it begins with: administrators rename and copy, so names say nothing.
 *
 * @param type which reader it needs
 * @param title for people
 * @param advice for a file that is not read: what to do about it; else empty
 */
public record FileKind(Type type, String title, String advice) {
  /** How many octets {@link #of} wants to see. */
  public static final int LOOK = 8192;

  private static final Pattern ROOT = Pattern.compile("<([A-Za-z_][A-Za-z0-9_:.-]*)");
  private static final Pattern NPS_CSV =
      Pattern.compile("(?m)^\"[^\"\r\n]*\",\"(?:IAS|RAS)[^\"\r\n]*\",[0-9]{2}/[0-9]{2}/[0-9]{4},");
  private static final Pattern HEADING =
      Pattern.compile("(?m)^\"?ComputerName\"?,\"?ServiceName\"?,");
  private static final Pattern NPS_XML =
      Pattern.compile("<Event>\\s*<[A-Za-z_][A-Za-z0-9_.-]*\\s+data_type=");
  private static final Pattern WINDOWS_EVENT =
      Pattern.compile(
          "<Event\\s[^>]*xmlns=[\"']http://schemas\\.microsoft\\.com/win/2004/08/events/event[\"']");

  /** wevtutil with /f:text, and the lists that the event viewer saves, in English. */
  private static final Pattern EVENTS_AS_TEXT =
      Pattern.compile("(?m)^\ufeff?(?:Event\\[[0-9]+\\]|Level[,\t]Date and Time[,\t]Source[,\t])");

  /** Address, user, date, time, service, computer; then numbers of attributes and values. */
  private static final Pattern NPS_OLD =
      Pattern.compile(
          "(?m)^[0-9a-fA-F.:]+,[^,\r\n]*,[0-9]{2}/[0-9]{2}/[0-9]{4},[0-9]{2}:[0-9]{2}:[0-9]{2},"
              + "(?:IAS|RAS),");

  private static final String EXPORT =
      "events of Windows come from: wevtutil qe LOG /f:xml > LOG.xml";
  private static final Pattern CERTIFICATE = Pattern.compile("-----BEGIN CERTIFICATE-----");

  /** Kinds of files. */
  public enum Type {
    NPS_LOG,
    WINDOWS_EVENTS,
    CAPTURE,
    CERTIFICATE,
    FACTS,
    CERTUTIL,
    VPN_PROFILE,
    UNKNOWN,
    EMPTY
  }

  /** Tells by the first octets, {@link #LOOK} of them or the whole file. */
  public static FileKind of(byte[] start) {
    if (start.length == 0) {
      return new FileKind(Type.EMPTY, "an empty file", "");
    }
    FileKind binary = byMagic(start);
    if (binary != null) {
      return binary;
    }
    String text = new String(start, WindowsText.charset(start)).replace("\ufeff", "");
    if (CERTIFICATE.matcher(text).find()) {
      return new FileKind(Type.CERTIFICATE, "certificates", "");
    }
    boolean wide = WindowsText.charset(start) != StandardCharsets.UTF_8 && isWide(start);
    if (NPS_CSV.matcher(text).find()
        || HEADING.matcher(text).find()
        || NPS_XML.matcher(text).find()) {
      return wide
          ? unknown(
              "an NPS log in UTF-16",
              "PowerShell makes that of a copy by '>'; copy the server's own file instead")
          : new FileKind(Type.NPS_LOG, "NPS log", "");
    }
    if (FactsFile.begins(text)) {
      return new FileKind(Type.FACTS, "facts about hosts", "");
    }
    if (WmiProfile.begins(text)) {
      return new FileKind(Type.VPN_PROFILE, "VPN profiles (WMI)", "");
    }
    if (CertutilDump.begins(text)) {
      return new FileKind(Type.CERTUTIL, "a certificate store (certutil)", "");
    }
    if (text.stripLeading().startsWith("<")) {
      return xml(text);
    }
    if (WINDOWS_EVENT.matcher(text).find()) {
      return new FileKind(Type.WINDOWS_EVENTS, "events of Windows", ""); // behind a prompt
    }
    if (EVENTS_AS_TEXT.matcher(text).find()) {
      return unknown("events of Windows as text", EXPORT);
    }
    if (NPS_OLD.matcher(text).find()) {
      return unknown(
          "an NPS log in the old IAS format",
          "it is not read; let NPS write the format ODBC or DTS from now on (its accounting settings)");
    }
    boolean printable = text.chars().filter(c -> c < ' ' && "\r\n\t\f".indexOf(c) < 0).count() == 0;
    return printable
        ? unknown("a text of another kind", "")
        : unknown("a binary file of another kind", "");
  }

  private static boolean isWide(byte[] start) {
    return Arrays.asList(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
        .contains(WindowsText.charset(start));
  }

  private static FileKind byMagic(byte[] start) {
    if (startsWith(start, 0x0a, 0x0d, 0x0d, 0x0a)) {
      return new FileKind(Type.CAPTURE, "packet capture", "");
    }
    if (startsWith(start, 'E', 'l', 'f', 'F', 'i', 'l', 'e', 0)) {
      return unknown(
          "a binary event log (.evtx)",
          "export it: wevtutil qe FILE.evtx /lf:true /f:xml > FILE.xml");
    }
    if (startsWith(start, 0xd4, 0xc3, 0xb2, 0xa1)
        || startsWith(start, 0xa1, 0xb2, 0xc3, 0xd4)
        || startsWith(start, 0x4d, 0x3c, 0xb2, 0xa1)
        || startsWith(start, 0xa1, 0xb2, 0x3c, 0x4d)) {
      return unknown("a capture of the old kind (pcap)", "convert it: editcap -F pcapng OLD NEW");
    }
    if (startsWith(start, 0x30, 0x82)) {
      return unknown(
          "a bare certificate (DER)",
          "nothing says whose it is; write it as PEM behind lines 'Host: NAME' and"
              + " 'Store: LocalMachine\\My'");
    }
    if (startsWith(start, 'P', 'K', 3, 4)
        || startsWith(start, 0x1f, 0x8b)
        || startsWith(start, 'M', 'S', 'C', 'F')
        || startsWith(start, '7', 'z', 0xbc, 0xaf)) {
      return unknown("a compressed file", "unpack it, and give what is in it");
    }
    return null;
  }

  private static FileKind xml(String text) {
    if (WINDOWS_EVENT.matcher(text).find()) {
      return new FileKind(Type.WINDOWS_EVENTS, "events of Windows", "");
    }
    String withoutProlog = text.replaceAll("(?s)<\\?.*?\\?>|<!--.*?-->", "");
    Matcher root = ROOT.matcher(withoutProlog);
    return unknown(
        "XML of another program"
            + (root.find() ? " (its root element is " + root.group(1) + ")" : ""),
        EXPORT);
  }

  private static FileKind unknown(String title, String advice) {
    return new FileKind(Type.UNKNOWN, title, advice);
  }

  private static boolean startsWith(byte[] start, int... octets) {
    if (start.length < octets.length) {
      return false;
    }
    for (int i = 0; i < octets.length; i++) {
      if ((start[i] & 0xff) != octets[i]) {
        return false;
      }
    }
    return true;
  }
}
