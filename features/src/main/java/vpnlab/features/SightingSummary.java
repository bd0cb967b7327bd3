package vpnlab.features;

import java.util.LinkedHashMap;
import java.util.Map;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.evidence.Vantage;
import vpnlab.runner.Expected;

/** One attempt on one line, as the steps hand it to {@link FeatureRunner}. */
final class SightingSummary {
  private SightingSummary() {}

  static Map<String, Object> of(World.Sighting sighting) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", sighting.title());
    json.put("code", sighting.dial().code());
    json.put("cause", cause(sighting.diagnoses().get(Vantage.ADMINISTRATOR)));
    json.put("client", cause(sighting.diagnoses().get(Vantage.CLIENT)));
    json.put("labMillis", sighting.inLab().toMillis());
    return json;
  }

  private static String cause(Diagnosis diagnosis) {
    return diagnosis.healthy()
        ? "healthy"
        : Expected.causesInBrief(
            Expected.causes(diagnosis, Confidence.CERTAIN),
            Expected.causes(diagnosis, Confidence.POSSIBLE));
  }
}
