package vpnlab.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why NPS granted or denied access (event 6272 and 6273, Reason-Code of its log). Open: every
 * number is legal, those of the table also have a meaning, and many a symbol.
 */
public record NpsReasonCode(int code) {
  private record Row(
      String symbol, String meaning, String typicalCause, String clientError, String source) {}

  private static final Map<Integer, Row> ROWS = load();

  private static Map<Integer, Row> load() {
    Map<Integer, Row> rows = new LinkedHashMap<>();
    for (List<String> cells : FactTable.rows("nps-reason-codes.tsv", 6)) {
      rows.put(
          Integer.valueOf(cells.get(0)),
          new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5)));
    }
    return Collections.unmodifiableMap(rows);
  }

  public static NpsReasonCode of(int code) {
    return new NpsReasonCode(code);
  }

  /** Every reason code of the table, in its order. */
  public static List<NpsReasonCode> all() {
    return ROWS.keySet().stream().map(NpsReasonCode::new).toList();
  }

  /** The reason code of that symbol, e.g. {@code IAS_NO_SUCH_USER}; case does not matter. */
  public static Optional<NpsReasonCode> ofSymbol(String symbol) {
    return all().stream()
        .filter(reason -> ROWS.get(reason.code).symbol().equalsIgnoreCase(symbol))
        .filter(reason -> !symbol.isEmpty())
        .findFirst();
  }

  /** Whether the table has it. */
  public boolean known() {
    return ROWS.containsKey(code);
  }

  /** The symbol; {@code NPS_REASON_n} where none is public. */
  public String symbol() {
    return known() && !ROWS.get(code).symbol().isEmpty()
        ? ROWS.get(code).symbol()
        : "NPS_REASON_" + code;
  }

  /** What it means, in our own words; empty when unknown. */
  public String meaning() {
    return known() ? ROWS.get(code).meaning() : "";
  }

  /** What usually lies behind it; empty when unknown. */
  public String typicalCause() {
    return known() ? ROWS.get(code).typicalCause() : "";
  }

  /** The error that the client shows then, as far as known; {@code (memory)} marks a guess. */
  public String clientError() {
    return known() ? ROWS.get(code).clientError() : "";
  }

  /** Where the table has it from. */
  public String source() {
    return known() ? ROWS.get(code).source() : "";
  }

  @Override
  public String toString() {
    return code + " " + symbol();
  }
}
