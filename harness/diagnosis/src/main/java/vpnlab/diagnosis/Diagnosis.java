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
 * @param findings what may be the reason; one that is {@link Finding.Confidence#CERTAIN} is the
 *     cause, several {@link Finding.Confidence#POSSIBLE} ones are the candidates
 */
public record Diagnosis(int code, String symbol, Stage stage, List<Finding> findings) {
  public static final Diagnosis HEALTHY =
      new Diagnosis(0, "ERROR_SUCCESS", Stage.CONNECTED, List.of());

  public Diagnosis {
    findings = List.copyOf(findings);
  }

  public boolean healthy() {
    return code == 0 && findings.isEmpty();
  }

  /** The one cause, when there is exactly one finding and it is certain. */
  public Optional<String> cause() {
    return findings.size() == 1 && findings.get(0).confidence() == Finding.Confidence.CERTAIN
        ? Optional.of(findings.get(0).cause())
        : Optional.empty();
  }
}
