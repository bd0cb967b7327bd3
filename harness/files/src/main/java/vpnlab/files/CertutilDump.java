package vpnlab.files;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vpnlab.evidence.StoreListing;

/**
 * What {@code certutil -store -user My} prints: of each certificate its serial number, issuer,
 * times, subject and hash, and remarks about the private key. The dump names neither the host nor
 * whether it is the user's store or the computer's. Times are local, to the minute, in the form of
 * the user's region.
 */
final class CertutilDump {
  private static final Pattern HEAD = Pattern.compile("={16} (\\S.*?) (\\d+) ={16}");
  private static final Pattern EMPTY =
      Pattern.compile("(?s)\\s*(?:\\S.*>\\s*certutil[^\n]*\n\\s*)?My \"[^\"\n]*\"\\s.*");
  private static final Pattern FIELD = Pattern.compile("\\s*([^:=]+?)\\s*[:=]\\s?(.*)");
  private static final Pattern USABLE_KEY =
      Pattern.compile("(?m)^\\s*(?:Encryption|Signature) test passed\\s*$");
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,4})([/.-])(\\d{1,2})[/.-](\\d{1,4})[, ]+(\\d{1,2}):(\\d{2}).*");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("M/d/yyyy h:mm a", Locale.US);

  private CertutilDump() {}

  /** Whether a file begins like a dump of a personal store, in any language. */
  static boolean begins(String text) {
    return HEAD.matcher(text).find() || EMPTY.matcher(text).matches();
  }

  /** Whether the command line in the dump, or the file's name, says that it is the computer's. */
  static boolean isMachine(String text, String name) {
    Matcher command = Pattern.compile("(?i)certutil(?:\\.exe)?\\s[^\n]*-store[^\n]*").matcher(text);
    return command.find()
        ? !command.group().toLowerCase(Locale.ROOT).contains("-user")
        : name.toLowerCase(Locale.ROOT).contains("machine");
  }

  /** Whether the last line is there, which certutil begins alike in all languages. */
  static boolean isWhole(String text) {
    return text.contains("CertUtil: -store");
  }

  /** The entries of the list; those that cannot be understood are reported and skipped. */
  static List<StoreListing.Entry> read(String text, ZoneId zone, SkippedLines skipped) {
    List<String> lines = text.lines().toList();
    List<StoreListing.Entry> entries = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i <= lines.size(); i++) {
      boolean head = i < lines.size() && HEAD.matcher(lines.get(i)).find();
      if (!head && i < lines.size()) {
        continue;
      }
      if (begin >= 0) {
        try {
          entries.add(entry(lines.subList(begin + 1, i), zone));
        } catch (IllegalArgumentException e) {
          skipped.add(begin + 1L, SkippedLines.Kind.VALUE, e.getMessage());
        }
      }
      begin = i;
    }
    return entries;
  }

  private static StoreListing.Entry entry(List<String> lines, ZoneId zone) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher field = FIELD.matcher(line);
      if (field.matches()) {
        fields.putIfAbsent(field.group(1), field.group(2).strip());
      }
    }
    if (lines.stream().anyMatch(line -> line.startsWith("X509 Certificate:"))) {
      throw new IllegalArgumentException("is of certutil -v; run certutil without -v");
    }
    return new StoreListing.Entry(
        wanted(fields, "Serial Number"),
        wanted(fields, "Issuer"),
        wanted(fields, "Subject"),
        time(wanted(fields, "NotBefore"), zone),
        time(wanted(fields, "NotAfter"), zone),
        wanted(fields, "Cert Hash(sha1)").replace(" ", "").toLowerCase(Locale.ROOT),
        USABLE_KEY.matcher(String.join("\n", lines)).find());
  }

  private static String wanted(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "has no '%s': cut off, or of a Windows in another language".formatted(name)));
  }

  /**
   * {@code 12/8/2017 8:07 PM}, {@code 2017/12/08 20:07}, {@code 08.12.2017 20:07}; a slash with 24
   * hours leaves day and month open unless one of them is more than 12.
   */
  static Instant time(String text, ZoneId zone) {
    try {
      String plain = text.replaceAll("[\\u00a0\\u202f]", " ");
      if (plain.matches("(?i).*[ap]m")) {
        return LocalDateTime.parse(plain.toUpperCase(Locale.ROOT), TIME).atZone(zone).toInstant();
      }
      Matcher numbers = NUMBERS.matcher(plain);
      if (numbers.matches()) {
        return date(numbers).atZone(zone).toInstant();
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no time that is clear; use the region English (United States)");
  }

  private static LocalDateTime date(Matcher numbers) {
    int first = Integer.parseInt(numbers.group(1));
    int second = Integer.parseInt(numbers.group(3));
    int third = Integer.parseInt(numbers.group(4));
    int hour = Integer.parseInt(numbers.group(5));
    int minute = Integer.parseInt(numbers.group(6));
    if (numbers.group(1).length() == 4) {
      return LocalDateTime.of(first, second, third, hour, minute);
    }
    boolean dots = numbers.group(2).equals(".");
    if (dots || first > 12) {
      return LocalDateTime.of(third, second, first, hour, minute);
    }
    if (second > 12 || first == second) {
      return LocalDateTime.of(third, first, second, hour, minute);
    }
    throw new DateTimeException("day or month");
  }

  /** Writes a listing as certutil prints it in the region English (United States), in UTC. */
  static void write(Path file, StoreListing listing) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.print("My \"Personal\"\r\n");
      int number = 0;
      for (StoreListing.Entry entry : listing.entries()) {
        out.print("================ Certificate " + number++ + " ================\r\n");
        out.print("Serial Number: " + entry.serialNumber() + "\r\n");
        out.print("Issuer: " + entry.issuer() + "\r\n");
        out.print(" NotBefore: " + time(entry.notBefore()) + "\r\n");
        out.print(" NotAfter: " + time(entry.notAfter()) + "\r\n");
        out.print("Subject: " + entry.subject() + "\r\n");
        boolean root = entry.issuer().equals(entry.subject());
        out.print(
            root
                ? "Signature matches Public Key\r\nRoot Certificate: Subject matches Issuer\r\n"
                : "Non-root Certificate\r\n");
        out.print("Cert Hash(sha1): " + entry.thumbprint() + "\r\n");
        if (entry.privateKey()) {
          out.print("  Key Container = " + entry.thumbprint().substring(0, 32) + "\r\n");
          out.print("  Provider = Microsoft Software Key Storage Provider\r\n");
          out.print("Private key is NOT exportable\r\nEncryption test passed\r\n");
        } else {
          out.print("  No key provider information\r\nCannot find the certificate and private key");
          out.print(" for decryption.\r\n");
        }
        out.print("\r\n");
      }
      out.print("CertUtil: -store command completed successfully.\r\n");
    }
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
