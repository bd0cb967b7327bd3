package vpnlab.lab.spec;

import java.util.List;
import java.util.Optional;
import vpnlab.evidence.TlsExtensions;

/**
 * What a profile says of conditional access and of the user's certificates.
 *
 * @param deviceCompliance whether the cloud is asked for a certificate before dialing
 * @param oops how the user answers the cloud's refusals, one after the other; once they run out the
 *     last refusal stays on the screen
 * @param tlsExtensions which certificates may be presented; empty for no such section
 */
public record ConditionalAccess(
    boolean deviceCompliance, List<Oops> oops, Optional<TlsExtensions> tlsExtensions) {
  /** Without any. */
  public static final ConditionalAccess NONE =
      new ConditionalAccess(false, List.of(), Optional.empty());

  /** An answer to "Oops - You can't get to this yet". */
  public enum Oops {
    /** The button: try again. */
    OK,
    /** The X in the corner: go on without. */
    CLOSE
  }

  public ConditionalAccess {
    oops = List.copyOf(oops);
  }

  /** Reads the keys of a profile. */
  static ConditionalAccess of(SpecReader r) {
    List<String> oops = r.checkedTexts("oops", ConditionalAccess::checkOops);
    return new ConditionalAccess(
        r.bool("deviceCompliance", false),
        oops.stream().map(answer -> answer.equals("ok") ? Oops.OK : Oops.CLOSE).toList(),
        r.has("tlsExtensions")
            ? Optional.of(
                r.map(
                    "tlsExtensions",
                    t -> new TlsExtensions(t.textMap("ekuMapping"), t.texts("clientAuthEkus"))))
            : Optional.empty());
  }

  private static void checkOops(String answer) {
    if (!List.of("ok", "close").contains(answer)) {
      throw new IllegalArgumentException("known: ok, close");
    }
  }
}
