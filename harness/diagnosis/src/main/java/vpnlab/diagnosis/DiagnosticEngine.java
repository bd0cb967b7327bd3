package vpnlab.diagnosis;

import vpnlab.evidence.Evidence;

/** Says from evidence alone what is wrong with a connection. Users may bring their own. */
public interface DiagnosticEngine {
  /** Never null; {@link Diagnosis#HEALTHY} when nothing is wrong. */
  Diagnosis diagnose(Evidence evidence);
}
