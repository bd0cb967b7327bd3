package vpnlab.evidence.npslog;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import vpnlab.wire.Octets;

/**
 * One record of NPS's accounting log: what one RADIUS packet carried (the request's attributes for
 * a request, the answer's for an answer) and what NPS made of it. The same in both formats.
 *
 * @param values field to value, as it is printed; fields that the packet did not carry are absent.
 *     Text is free of control characters: octets that are no text are {@code 0x} and hexadecimal
 *     digits. Times are the server's local time; a time with milliseconds other than zero has them
 *     as {@code .mmm}, which only the XML format can carry.
 * @param others what the XML format has beside the columns, e.g. {@code SAM-Account-Name}, by
 *     element, in order
 */
public record NpsLogRecord(Map<NpsLogField, String> values, Map<String, Other> others) {
  /** Packet-Type of an Access-Request; the further ones are RADIUS codes too (RFC 2865). */
  public static final int ACCESS_REQUEST = 1;

  public static final int ACCESS_ACCEPT = 2;
  public static final int ACCESS_REJECT = 3;
  public static final int ACCOUNTING_REQUEST = 4;
  public static final int ACCESS_CHALLENGE = 11;

  /**
   * A value that has no column.
   *
   * @param dataType the {@code data_type} of its element: 0 number, 1 text, 2 octets, 3 address, 4
   *     date and time
   */
  public record Other(int dataType, String text) {
    private static final int OCTETS = 2;

    public Other {
      if (dataType < 0 || dataType > 9) {
        throw new IllegalArgumentException("the data type " + dataType + " is not one digit");
      }
      if (!NpsLogText.printable(text)) {
        throw new IllegalArgumentException("the value '" + text + "' has unprintable characters");
      }
    }
  }

  /**
   * @throws IllegalArgumentException for a value that its field cannot have, and for a name that no
   *     element outside the columns can have
   */
  public NpsLogRecord {
    EnumMap<NpsLogField, String> copy = new EnumMap<>(NpsLogField.class);
    copy.putAll(values);
    copy.forEach(
        (field, value) -> {
          if (!NpsLogText.fits(field.kind(), value)) {
            throw new IllegalArgumentException(field + " cannot be '" + value + "'");
          }
        });
    values = Collections.unmodifiableMap(copy);
    for (String name : others.keySet()) {
      if (!NpsLogText.isName(name) || NpsLogXml.isColumn(name)) {
        throw new IllegalArgumentException("'" + name + "' is no name of a further element");
      }
    }
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The value as printed, empty when the record has none. */
  public String text(NpsLogField field) {
    return values.getOrDefault(field, "");
  }

  /** The value of a field of numbers. */
  public OptionalLong number(NpsLogField field) {
    String value = values.get(field);
    return value == null || field.kind() != NpsLogField.Kind.NUMBER
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(value));
  }

  /** The octets of a text value: those of its hexadecimal digits after {@code 0x}, else UTF-8. */
  public Optional<Octets> octets(NpsLogField field) {
    return Optional.ofNullable(values.get(field)).map(NpsLogText::octets);
  }

  private OptionalInt small(NpsLogField field) {
    OptionalLong number = number(field);
    return number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }

  /** The RADIUS code of the packet. */
  public OptionalInt packetType() {
    return small(NpsLogField.PACKET_TYPE);
  }

  public boolean isPacketType(int code) {
    OptionalInt type = packetType();
    return type.isPresent() && type.getAsInt() == code;
  }

  /** Why NPS decided so; see {@link vpnlab.evidence.NpsReasonCode}. Zero in requests. */
  public OptionalInt reasonCode() {
    return small(NpsLogField.REASON_CODE);
  }

  /**
   * The user as the record names him: User-Name in a request, the name that NPS found in an answer
   * (where User-Name is empty); empty when neither is there.
   */
  public String user() {
    String name = text(NpsLogField.USER_NAME);
    return name.isEmpty() ? text(NpsLogField.FULLY_QUALIFIED_NAME) : name;
  }

  /** What joins the records of one attempt; empty when there is none. */
  public String className() {
    return text(NpsLogField.CLASS);
  }

  /** The server's local time; empty when the record lacks its date or time. */
  public Optional<LocalDateTime> timestamp() {
    String date = values.get(NpsLogField.RECORD_DATE);
    String time = values.get(NpsLogField.RECORD_TIME);
    return date == null || time == null
        ? Optional.empty()
        : Optional.of(LocalDateTime.of(NpsLogText.date(date), NpsLogText.time(time)));
  }

  /** Collects values; those that are empty count as absent. Not for several threads. */
  public static final class Builder {
    private final Map<NpsLogField, String> values = new EnumMap<>(NpsLogField.class);
    private final Map<String, Other> others = new LinkedHashMap<>();

    private Builder() {}

    /**
     * A text; one with unprintable characters becomes hexadecimal.
     *
     * @throws IllegalArgumentException if the field is not text
     */
    public Builder text(NpsLogField field, String value) {
      if (!field.kind().quoted()) {
        throw new IllegalArgumentException(field + " is not a text");
      }
      return printed(field, printable(value));
    }

    private static String printable(String text) {
      return NpsLogText.printable(text)
          ? text
          : NpsLogText.hex(Octets.ofText(text, StandardCharsets.UTF_8));
    }

    /** Text in UTF-8, if these octets are such and printable, else hexadecimal. */
    public Builder utf8(NpsLogField field, Octets value) {
      String text = value.toText(StandardCharsets.UTF_8);
      boolean isText = Octets.ofText(text, StandardCharsets.UTF_8).equals(value);
      return text(field, isText ? text : NpsLogText.hex(value));
    }

    /** Octets: as text when they are printable ASCII, else as hexadecimal. */
    public Builder octets(NpsLogField field, Octets value) {
      boolean ascii = true;
      for (int i = 0; i < value.size(); i++) {
        ascii &= value.at(i) >= 0x20 && value.at(i) < 0x7f;
      }
      return text(field, ascii ? value.toText(StandardCharsets.US_ASCII) : NpsLogText.hex(value));
    }

    /**
     * A number.
     *
     * @throws IllegalArgumentException if the field is not a number, or the value is outside 0 to
     *     2^32-1
     */
    public Builder number(NpsLogField field, long value) {
      if (field.kind() != NpsLogField.Kind.NUMBER || value < 0 || value > 0xffff_ffffL) {
        throw new IllegalArgumentException(field + " cannot be the number " + value);
      }
      return printed(field, Long.toString(value));
    }

    /** Record-Date and Record-Time, to the millisecond. */
    public Builder timestamp(LocalDateTime local) {
      printed(NpsLogField.RECORD_DATE, NpsLogText.print(local.toLocalDate()));
      return printed(NpsLogField.RECORD_TIME, NpsLogText.print(local.toLocalTime()));
    }

    /** Event-Timestamp: when it happened at the NAS, to the second. */
    public Builder eventTimestamp(LocalDateTime local) {
      LocalDate date = local.toLocalDate();
      LocalTime time = local.toLocalTime().withNano(0);
      return printed(
          NpsLogField.EVENT_TIMESTAMP, NpsLogText.print(date) + " " + NpsLogText.print(time));
    }

    /** A value in the form in which it is printed. */
    public Builder printed(NpsLogField field, String value) {
      if (value.isEmpty()) {
        values.remove(field);
      } else {
        values.put(field, value);
      }
      return this;
    }

    /** An element of the XML format that has no column; hexadecimal when it is unprintable. */
    public Builder other(String element, int dataType, String value) {
      if (value.isEmpty()) {
        others.remove(element);
      } else if (NpsLogText.printable(value)) {
        others.put(element, new Other(dataType, value));
      } else {
        others.put(element, new Other(Other.OCTETS, printable(value)));
      }
      return this;
    }

    /**
     * @throws IllegalArgumentException for a value that its field cannot have
     */
    public NpsLogRecord build() {
      return new NpsLogRecord(values, others);
    }
  }
}
