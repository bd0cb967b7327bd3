package vpnlab.diagnosis.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vpnlab.diagnosis.rule.Rule;
import vpnlab.diagnosis.rule.RulePage;
import vpnlab.evidence.NpsReasonCode;
import vpnlab.evidence.RasError;

/** The texts that {@code vpnlab explain} prints. */
public final class Explanations {
  private static final Pattern NPS_REASON =
      Pattern.compile("(?i)(?:nps|reason)[ _-]*(?:reason[ _-]*)?(?:code[ _-]*)?([0-9]{1,6})");
  private static final int SUGGESTIONS = 5;

  private Explanations() {}

  /**
   * Explains a rule or cause by its id, a Windows error by number (decimal, hexadecimal, signed) or
   * symbol, an NPS reason code by symbol or as {@code nps 16}. A number that is both is explained
   * as both. Empty when nothing goes by that name.
   */
  public static Optional<String> explain(String query) {
    String name = query.strip();
    Optional<String> page = page(name);
    if (page.isPresent()) {
      return page;
    }
    Matcher reason = NPS_REASON.matcher(name);
    if (reason.matches()) {
      return nps(Integer.parseInt(reason.group(1)));
    }
    List<String> texts = new ArrayList<>();
    RasError.parse(name).filter(RasError::known).map(Explanations::text).ifPresent(texts::add);
    NpsReasonCode.ofSymbol(name).map(Explanations::text).ifPresent(texts::add);
    if (name.matches("[0-9]{1,3}")) {
      nps(Integer.parseInt(name)).ifPresent(texts::add);
    }
    return texts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n\n", texts));
  }

  private static Optional<String> page(String id) {
    return RuleCatalogue.rule(id.toLowerCase(Locale.ROOT)).map(Explanations::text);
  }

  private static String text(Rule rule) {
    String codes =
        String.join(
            " or ", rule.codes().stream().map(code -> RasError.of(code).toString()).toList());
    return "%s%n%nRule and cause: %s%nStage: %s%nCode: %s"
        .formatted(RulePage.of(rule.id()).text(), rule.id(), rule.stage().id(), codes);
  }

  private static Optional<String> nps(int code) {
    return Optional.of(NpsReasonCode.of(code)).filter(NpsReasonCode::known).map(Explanations::text);
  }

  private static String text(NpsReasonCode reason) {
    return "NPS reason %s%n%s.%nTypical cause: %s%nError at the client: %s%nSource: %s"
        .formatted(
            reason, reason.meaning(), reason.typicalCause(), reason.clientError(), reason.source());
  }

  private static String text(RasError error) {
    StringBuilder text = new StringBuilder();
    text.append("%s (%s)%n%s.%n".formatted(error, error.layer(), error.meaning()));
    text.append("Source: %s".formatted(error.source()));
    List<Rule> causes =
        RuleCatalogue.rules().stream().filter(r -> r.codes().contains(error.code())).toList();
    if (!causes.isEmpty()) {
      text.append("%n%nCauses that can be told apart:".formatted());
      int width = causes.stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
      for (Rule rule : causes) {
        String title = RulePage.of(rule.id()).text().lines().findFirst().orElse("");
        text.append("%n  %s  %s".formatted(pad(rule.id(), width), title.replaceFirst("^# ", "")));
      }
    }
    return text.toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /** Known names that the unknown one may have meant, the likeliest first; at most five. */
  public static List<String> nearest(String query) {
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    return Stream.of(
            RuleCatalogue.rules().stream().map(Rule::id),
            RasError.all().stream().map(RasError::symbol),
            NpsReasonCode.all().stream().map(NpsReasonCode::symbol))
        .flatMap(names -> names)
        .sorted(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT))))
        .limit(SUGGESTIONS)
        .toList();
  }

  /** Edits between the two; a name that contains what was asked is nearer than its length says. */
  private static int distance(String wanted, String name) {
    int edits = levenshtein(wanted, name);
    return wanted.length() > 2 && name.contains(wanted) ? edits / 4 : edits;
  }

  private static int levenshtein(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
