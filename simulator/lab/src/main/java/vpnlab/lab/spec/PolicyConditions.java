package vpnlab.lab.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import vpnlab.protocol.radius.AddressRange;
import vpnlab.wire.radius.NasPortType;
import vpnlab.wire.radius.TunnelType;

/**
 * The conditions of a policy of NPS. All must hold; an empty one is none. Patterns are regular
 * expressions that need only match a part, without regard to case.
 *
 * @param groups the user must be in one of these Windows groups
 * @param times the days and hours (UTC) one of which it must be
 * @param userNames patterns for User-Name
 * @param calledStations patterns for Called-Station-Id
 * @param callingStations patterns for Calling-Station-Id
 * @param clientNames patterns for the friendly name of the RADIUS client
 * @param clientAddresses where the request must come from
 * @param authenticationTypes {@code eap}, {@code pap}, {@code chap}, {@code ms-chap}, {@code
 *     ms-chap-v2}, {@code none}
 * @param eapTypes EAP methods to which a match narrows those of the policy; only requests with EAP
 *     match
 */
public record PolicyConditions(
    List<String> groups,
    List<LogonHours> times,
    List<NasPortType> nasPortTypes,
    List<TunnelType> tunnelTypes,
    List<String> userNames,
    List<String> calledStations,
    List<String> callingStations,
    List<String> clientNames,
    List<AddressRange> clientAddresses,
    List<String> authenticationTypes,
    List<String> eapTypes) {
  private static final List<String> AUTHENTICATION_TYPES =
      List.of("eap", "pap", "chap", "ms-chap", "ms-chap-v2", "none");

  /** No conditions: everything matches. */
  public static final PolicyConditions NONE =
      new PolicyConditions(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of(), List.of());

  static PolicyConditions of(SpecReader r) {
    return new PolicyConditions(
        r.texts("groups"),
        times(r),
        portTypes(r),
        values(r, "tunnelTypes", TunnelType::of, TunnelType.names()),
        patterns(r, "userNames"),
        patterns(r, "calledStations"),
        patterns(r, "callingStations"),
        patterns(r, "clientNames"),
        parsed(r, "clientAddresses", AddressRange::parse),
        values(r, "authenticationTypes", known(AUTHENTICATION_TYPES), AUTHENTICATION_TYPES),
        values(r, "eapTypes", known(NpsSpec.EAP_METHODS), NpsSpec.EAP_METHODS));
  }

  static List<LogonHours> times(SpecReader r) {
    return parsed(r, "times", LogonHours::parse);
  }

  static List<NasPortType> portTypes(SpecReader r) {
    return values(r, "nasPortTypes", NasPortType::of, NasPortType.names());
  }

  static List<String> patterns(SpecReader r, String key) {
    return parsed(
        r,
        key,
        text -> {
          try {
            Pattern.compile(text);
            return text;
          } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("no pattern: " + e.getDescription(), e);
          }
        });
  }

  private static Function<String, Optional<String>> known(Collection<String> names) {
    return text -> names.contains(text) ? Optional.of(text) : Optional.empty();
  }

  private static <T> List<T> values(
      SpecReader r, String key, Function<String, Optional<T>> find, Collection<String> names) {
    return parsed(
        r,
        key,
        text ->
            find.apply(text)
                .orElseThrow(
                    () -> {
                      String hint = Nearest.suggestion(text, names);
                      return new IllegalArgumentException(hint.isEmpty() ? "unknown" : hint);
                    }));
  }

  private static <T> List<T> parsed(SpecReader r, String key, Function<String, T> parse) {
    List<T> values = new ArrayList<>();
    r.checkedTexts(key, text -> values.add(parse.apply(text)));
    return List.copyOf(values);
  }
}
