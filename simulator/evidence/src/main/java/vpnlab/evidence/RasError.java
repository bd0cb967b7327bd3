package vpnlab.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Windows error code as the RAS client shows it: RAS 600 to 940, IPsec 13800 to 13918, and
 * HRESULTs. The code is open: every number is legal, those of the table also have a name and a
 * meaning.
 *
 * @param code the number, HRESULTs with their sign bit (0x800B0109 is -2146762487)
 */
public record RasError(int code) {
  public static final RasError SUCCESS = new RasError(0);

  private record Row(String symbol, String layer, String meaning, String source) {}

  private static final Map<Integer, Row> ROWS = load();

  private static Map<Integer, Row> load() {
    Map<Integer, Row> rows = new LinkedHashMap<>();
    for (List<String> cells : FactTable.rows("ras-errors.tsv", 5)) {
      rows.put(
          (int) Long.decode(cells.get(0)).longValue(),
          new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4)));
    }
    return Collections.unmodifiableMap(rows);
  }

  public static RasError of(int code) {
    return new RasError(code);
  }

  /** Every error of the table, in its order. */
  public static List<RasError> all() {
    return ROWS.keySet().stream().map(RasError::new).toList();
  }

  /** The error of that symbol, e.g. {@code ERROR_VPN_TIMEOUT}; case does not matter. */
  public static Optional<RasError> ofSymbol(String symbol) {
    return all().stream().filter(error -> error.symbol().equalsIgnoreCase(symbol)).findFirst();
  }

  /**
   * Reads a number as people and logs write it ({@code 13801}, {@code 0x800B0109}, {@code
   * -2146762487}) or a symbol of the table; empty when it is neither.
   */
  public static Optional<RasError> parse(String text) {
    String trimmed = text.strip();
    if (!trimmed.matches("(?i)-?[0-9]+|0x[0-9a-f]+")) {
      return ofSymbol(trimmed);
    }
    try {
      boolean hex = trimmed.toLowerCase(Locale.ROOT).startsWith("0x");
      long number = hex ? Long.parseLong(trimmed.substring(2), 16) : Long.parseLong(trimmed);
      boolean fits = number >= Integer.MIN_VALUE && number <= 0xffffffffL;
      return fits ? Optional.of(new RasError((int) number)) : Optional.empty();
    } catch (NumberFormatException tooLong) {
      return Optional.empty();
    }
  }

  /** Whether the table has it. */
  public boolean known() {
    return ROWS.containsKey(code);
  }

  /** The symbol of the Windows headers; {@code UNKNOWN_ERROR_n} for a number outside the table. */
  public String symbol() {
    return known() ? ROWS.get(code).symbol() : "UNKNOWN_ERROR_" + number();
  }

  /** The part of the connection that the error is about, e.g. {@code ike}; empty when unknown. */
  public String layer() {
    return known() ? ROWS.get(code).layer() : "";
  }

  /** What it means, in our own words; empty when unknown. */
  public String meaning() {
    return known() ? ROWS.get(code).meaning() : "";
  }

  /** Where the table has it from; {@code memory} means that nothing confirms it. */
  public String source() {
    return known() ? ROWS.get(code).source() : "";
  }

  /** Decimal for RAS and IPsec codes, hexadecimal for HRESULTs, as the documents write them. */
  public String number() {
    return code >= 0 && code < 0x10000 ? Integer.toString(code) : String.format("0x%08X", code);
  }

  @Override
  public String toString() {
    return number() + " " + symbol();
  }
}
