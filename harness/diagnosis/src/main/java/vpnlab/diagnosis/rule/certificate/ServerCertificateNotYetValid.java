package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The server's certificate, or one that it depends on, is not valid yet. */
public final class ServerCertificateNotYetValid extends CauseRule {
  public ServerCertificateNotYetValid() {
    super("server-certificate-not-yet-valid", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return ChainTime.invalid(facts)
        .filter(time -> time.trueTime().isBefore(time.certificate().notBefore()))
        .map(
            time ->
                Grounds.certain(
                        "The server's certificate %s is not valid before %s."
                            .formatted(time.certificate().title(), time.certificate().notBefore()))
                    .cite(time.citations(facts)))
        .or(
            () ->
                Complaint.TIME.withoutCertificate(
                    facts, "The server's certificate, or one above it, is not valid yet."));
  }
}
