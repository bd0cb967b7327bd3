package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The certificate is valid; the client's clock is what is wrong. */
public final class ClientClockWrong extends CauseRule {
  public ClientClockWrong() {
    super("client-clock-wrong", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (!facts.clock().wrong()) {
      return facts.clock().citations().isEmpty() ? withoutCertificate(facts) : Optional.empty();
    }
    return ChainTime.invalid(facts)
        .filter(time -> time.certificate().validAt(time.trueTime()))
        .map(
            time ->
                Grounds.certain(
                        "The client's clock says %s where it is %s; the server's certificate is valid."
                            .formatted(time.clientTime(), time.trueTime()))
                    .cite(time.citations(facts)))
        .or(() -> withoutCertificate(facts));
  }

  private static Optional<Grounds> withoutCertificate(Facts facts) {
    return Complaint.TIME.withoutCertificate(facts, "The client's clock is wrong.");
  }
}
