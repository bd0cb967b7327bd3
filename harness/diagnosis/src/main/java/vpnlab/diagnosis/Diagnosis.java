package vpnlab.diagnosis;

import java.util.List;
import java.util.Optional;
import vpnlab.evidence.Stage;

/**
 * The answer of an engine.
 *
 * @param code the Windows error code that the user sees: decimal, 0 when connected
 * @param symbol its symbol, e.g. {@code ERROR_IPSEC_IKE_AUTH_FAIL}; {@code ERROR_SUCCESS} for 0
 * @param stage where the connection ended
 * @param findings what may be the reason, the most telling first: either {@link
 *     Finding.Confidence#CERTAIN} ones (several when several things are wrong at once), or {@link
 *     Finding.Confidence#POSSIBLE} ones, the candidates that this vantage cannot tell apart
 */
public record Diagnosis(int code, String symbol, Stage stage, List<Finding> findings) {
  public static final Diagnosis HEALTHY =
      new Diagnosis(0, "ERROR_SUCCESS", Stage.CONNECTED, List.of());

  public Diagnosis {
    findings = List.copyOf(findings);
  }

  public boolean healthy() {
    return code == 0 && stage == Stage.CONNECTED && findings.isEmpty();
  }

  /** Whether the first finding is certain, so that there is a {@link #cause}. */
  public boolean certain() {
    return !findings.isEmpty() && findings.get(0).confidence() == Finding.Confidence.CERTAIN;
  }

  /**
   * The primary cause: that of the first finding when it is certain. Further certain findings are
   * further faults that the user would meet once this one is healed.
   */
  public Optional<String> cause() {
    return certain() ? likelyCause() : Optional.empty();
  }

  /** The first finding's cause, certain or not: what to look at first. */
  public Optional<String> likelyCause() {
    return findings.stream().findFirst().map(Finding::cause);
  }
}
